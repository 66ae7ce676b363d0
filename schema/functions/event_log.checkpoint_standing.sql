-- One statement, and so one moment: the leaves are those between the checkpoint and the head that stand beside them.
create or replace function event_log.checkpoint_standing(leaves_max integer)
    returns table (
        log text, "position" bigint, range bytea, size bigint, signed_range bytea, note text, signed_at timestamptz,
        unsigned_since timestamptz, leaves bytea
    )
    language sql stable parallel safe security definer rows 100
    set search_path = pg_catalog, pg_temp
    set enable_seqscan = off
as $$
    select h.log, h.position, h.range, coalesce(c.size, 0), coalesce(c.range, ''), c.note, c.signed_at,
           (select e.recorded_at from event_log.event e where e.log = h.log and e.position = coalesce(c.size, 0) + 1),
           case when h.position - c.size between 0 and leaves_max then
               (select coalesce(string_agg(e.leaf_hash, ''::bytea order by e.position), ''::bytea)
                from event_log.event e where e.log = h.log and e.position > c.size and e.position <= h.position)
           end
    from event_log.head h
    left join lateral (
        select k.size, k.range, k.note, k.signed_at from event_log.checkpoint k
        where k.log = h.log order by k.size desc limit 1) c on true
    where h.position > 0
    order by h.log
$$;
alter function event_log.checkpoint_standing(integer) owner to primary_conect_owner;
revoke all on function event_log.checkpoint_standing(integer) from public;
comment on function event_log.checkpoint_standing(integer) is
    'Each log''s head beside its newest signed checkpoint, since when events are not signed for, and the leaves between the two '
    'if they are not too many: enough to tell whether the log is what was signed of it. No patient data.';
