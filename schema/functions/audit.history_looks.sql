create or replace function audit.history_looks(of_refs text[], of_practices text[], most integer)
    returns table (
        practice text, at timestamptz, subject text, role text, client text, purpose text, route text, request_id text
    )
    language plpgsql stable parallel restricted security definer rows 100
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
    if audit.current_role() is distinct from 'auditor' then
        raise exception 'no auditor''s access record in this transaction' using errcode = 'insufficient_privilege';
    end if;
    return query
        select a.practice, a.at, a.subject, a.role, a.client, a.purpose, a.route, a.request_id
        from audit.access a
        where a.practice = any (of_practices) and a.outcome = 'granted'
          and exists (select from audit.shown s where s.practice = a.practice and s.access = a.id and s.refs && of_refs)
        order by a.at, a.practice, a.id limit most;
end
$$;
alter function audit.history_looks(text[], text[], integer) owner to primary_conect_owner;
revoke all on function audit.history_looks(text[], text[], integer) from public;
comment on function audit.history_looks(text[], text[], integer) is
    'Who was shown one of these patients on behalf of one of these practices, when and why; only within an access record of the role auditor.';
