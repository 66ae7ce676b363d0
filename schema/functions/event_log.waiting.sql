create or replace function event_log.waiting(of_log text, of_reason text)
    returns table (
        log text, "position" bigint, recorded_at timestamptz, reason text, trigger text, sender text, byte_count integer,
        payload text)
    language plpgsql stable parallel safe security definer rows 100
    set search_path = pg_catalog, pg_temp
    set enable_seqscan = off
as $$
#variable_conflict use_column
begin
    -- The subquery is one descent of event_stream a message: a join might read all events for a few messages.
    return query
        select m.log, m.position, m.recorded_at, m.reason, m.trigger, m.sender, octet_length(m.bytes), e.payload
        from event_log.message m join event_log.event e on e.log = m.log and e.position = m.position
        where m.disposition = 'quarantined' and m.salt <> ''
          and (of_log is null or m.log = of_log) and (of_reason is null or m.reason = of_reason)
          and (select true from event_log.event s
               where s.log = m.log and s.stream = 'quarantine:' || m.position limit 1) is null
        order by m.log, m.position;
end
$$;
alter function event_log.waiting(text, text) owner to primary_conect_owner;
revoke all on function event_log.waiting(text, text) from public;
comment on function event_log.waiting(text, text) is
    'The messages held back of which nothing has become yet, of one log and reason or (null) of all: codes, times, sizes '
    'and the event that tells where the reason lies; no patient data.';
