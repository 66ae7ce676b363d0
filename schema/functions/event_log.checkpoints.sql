create or replace function event_log.checkpoints()
    returns table (log text, size bigint, root bytea, note text, signed_at timestamptz)
    language sql stable parallel safe security definer rows 100
    set search_path = pg_catalog, pg_temp
as $$
    select h.log, c.size, c.root, c.note, c.signed_at
    from event_log.head h, lateral (
        select k.size, k.root, k.note, k.signed_at from event_log.checkpoint k
        where k.log = h.log order by k.size desc limit 1) c
    order by h.log
$$;
alter function event_log.checkpoints() owner to primary_conect_owner;
revoke all on function event_log.checkpoints() from public;
comment on function event_log.checkpoints() is 'The newest signed checkpoint of each log that has one; no patient data.';
