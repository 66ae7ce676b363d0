create or replace function event_log.identity_events(of_log text)
    returns table ("position" bigint, recorded_at timestamptz, type text, payload text)
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
        select e.position, e.recorded_at, e.type, e.payload from event_log.event e
        where e.log = of_log
          and e.salt <> '' and e.type in ('patient.merged.v1', 'patient.moved.v1', 'patient.renumbered.v1', 'patient.unmerged.v1')
        order by e.position;
end
$$;
alter function event_log.identity_events(text) owner to primary_conect_owner;
revoke all on function event_log.identity_events(text) from public;
comment on function event_log.identity_events(text) is
    'The events of a log that join local identifiers or part them again; only within an operator''s access record '
    '(audit.open_operator_access).';
