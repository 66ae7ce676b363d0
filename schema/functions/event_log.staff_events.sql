create or replace function event_log.staff_events(of_log text, of_stream text)
    returns table (
        "position" bigint, stream text, type text, payload text, occurred_at timestamptz, recorded_at timestamptz,
        message_position bigint
    )
    language plpgsql stable parallel restricted security definer rows 20
    set search_path = pg_catalog, pg_temp
    set enable_seqscan = off
as $$
#variable_conflict use_column
begin
    if audit.current_practice() is distinct from of_log then
        raise exception 'no access record of this log in this transaction' using errcode = 'insufficient_privilege';
    end if;
    if of_stream !~ '^(concern|action|huddle|symphony|onboarding):' then
        raise exception 'not a stream of acts' using errcode = 'insufficient_privilege';
    end if;
    return query
        select e.position, e.stream, e.type, e.payload, e.occurred_at, e.recorded_at, e.message_position
        from event_log.event e
        where e.log = of_log and e.stream = of_stream and e.salt <> ''
        order by e.position;
end
$$;
alter function event_log.staff_events(text, text) owner to primary_conect_owner;
revoke all on function event_log.staff_events(text, text) from public;
comment on function event_log.staff_events(text, text) is
    'The events of one stream of acts, in order; only within an access record of its log (audit.open_access).';
