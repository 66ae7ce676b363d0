create or replace function event_log.history_acts(of_streams text[], through timestamptz, most integer)
    returns table (
        "position" bigint, stream text, type text, payload text, occurred_at timestamptz, recorded_at timestamptz,
        message_position bigint
    )
    language plpgsql stable parallel restricted security definer rows 20
    set search_path = pg_catalog, pg_temp
    set enable_seqscan = off
as $$
#variable_conflict use_column
declare
    asking constant text := audit.current_practice();
begin
    if asking is null then
        raise exception 'no access record in this transaction' using errcode = 'insufficient_privilege';
    end if;
    if exists (select from unnest(of_streams) s where s !~ '^(concern|action|huddle|symphony|registration):') then
        raise exception 'not a stream of acts' using errcode = 'insufficient_privilege';
    end if;
    return query
        select e.position, e.stream, e.type, e.payload, e.occurred_at, e.recorded_at, e.message_position
        from event_log.event e
        where e.log = asking and e.stream = any (of_streams) and (through is null or e.recorded_at <= through)
        order by e.position limit most;
end
$$;
alter function event_log.history_acts(text[], timestamptz, integer) owner to primary_conect_owner;
revoke all on function event_log.history_acts(text[], timestamptz, integer) from public;
comment on function event_log.history_acts(text[], timestamptz, integer) is
    'The events of some streams of acts, or of a practice''s list, in the log of the practice of this transaction''s access record; in order, at most so many.';
