create or replace function event_log.held_messages(of_log text, at_positions bigint[])
    returns table (
        "position" bigint, recorded_at timestamptz, reason text, trigger text, sender text, salt bytea, bytes bytea,
        payload text, settled_by text, settled_at bigint)
    language plpgsql stable parallel restricted security definer rows 100
    set search_path = pg_catalog, pg_temp
    set enable_seqscan = off
as $$
#variable_conflict use_column
begin
    if audit.current_practice() is distinct from 'UNKNOWN' then
        raise exception 'no operator''s access record in this transaction' using errcode = 'insufficient_privilege';
    end if;
    return query
        select m.position, m.recorded_at, m.reason, m.trigger, m.sender, m.salt, m.bytes, e.payload, s.type, s.position
        from unnest(at_positions) as asked (at)
        join event_log.message m on m.log = of_log and m.position = asked.at and m.disposition = 'quarantined' and m.salt <> ''
        join event_log.event e on e.log = m.log and e.position = m.position
        left join lateral (
            select x.type, x.position from event_log.event x
            where x.log = m.log and x.stream = 'quarantine:' || m.position order by x.position limit 1) s on true
        order by m.position;
end
$$;
alter function event_log.held_messages(text, bigint[]) owner to primary_conect_owner;
revoke all on function event_log.held_messages(text, bigint[]) from public;
comment on function event_log.held_messages(text, bigint[]) is
    'Messages that were held back, byte for byte, and what became of each; only within an operator''s access record '
    '(audit.open_operator_access). Positions of other messages are passed over.';
