create or replace function event_log.registrations(of_log text, after bigint, at_most integer)
    returns table ("position" bigint, type text, payload text)
    language plpgsql stable parallel restricted security definer rows 1000
    set search_path = pg_catalog, pg_temp
    set enable_seqscan = off
as $$
#variable_conflict use_column
begin
    if audit.current_practice() is distinct from of_log then
        raise exception 'no access record of this practice in this transaction' using errcode = 'insufficient_privilege';
    end if;
    return query
        select e.position, e.type, e.payload from event_log.event e
        where e.log = of_log and e.position > after and e.salt <> ''
          and (e.type like 'registration.%' or e.type = 'roster.imported.v1')
        order by e.position limit at_most;
end
$$;
alter function event_log.registrations(text, bigint, integer) owner to primary_conect_owner;
revoke all on function event_log.registrations(text, bigint, integer) from public;
comment on function event_log.registrations(text, bigint, integer) is
    'The events behind a position by which a practice tells its list, in order; only within an access record of that '
    'practice (audit.open_access, audit.open_roster_access).';
