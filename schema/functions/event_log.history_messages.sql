create or replace function event_log.history_messages(of_log text, at_positions bigint[])
    returns table ("position" bigint, bytes bytea)
    language plpgsql stable parallel restricted security definer rows 100
    set search_path = pg_catalog, pg_temp
    set enable_seqscan = off
as $$
#variable_conflict use_column
begin
    if audit.current_role() is distinct from 'auditor' then
        raise exception 'no auditor''s access record in this transaction' using errcode = 'insufficient_privilege';
    end if;
    return query
        select m.position, m.bytes from event_log.message m
        where m.log = of_log and m.position = any (at_positions) and m.bytes is not null
        order by m.position;
end
$$;
alter function event_log.history_messages(text, bigint[]) owner to primary_conect_owner;
revoke all on function event_log.history_messages(text, bigint[]) from public;
comment on function event_log.history_messages(text, bigint[]) is
    'Messages byte for byte, by the positions of their first events; only within an access record of the role auditor.';
