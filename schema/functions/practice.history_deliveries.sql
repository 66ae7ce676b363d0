create or replace function practice.history_deliveries(of_refs text[], of_practices text[], most integer)
    returns table (
        practice text, host text, type text, told_at timestamptz, tried_at timestamptz, state text, status integer,
        attempts integer
    )
    language plpgsql stable parallel restricted security definer rows 20
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
    if audit.current_role() is distinct from 'auditor' then
        raise exception 'no auditor''s access record in this transaction' using errcode = 'insufficient_privilege';
    end if;
    return query
        select d.practice, substring(w.url from '^https?://(?:[^/@]*@)?([^/:?#]+)'), d.type, d.told_at, d.tried_at, d.state,
               d.status, d.attempts
        from practice.delivery d join practice.webhook w on w.practice = d.practice and w.webhook = d.webhook
        where d.practice = any (of_practices) and (d.patient_ref = any (of_refs) or d.encounter_ref = any (of_refs))
        order by coalesce(d.tried_at, d.told_at), d.practice, d.webhook, d.event limit most;
end
$$;
alter function practice.history_deliveries(text[], text[], integer) owner to primary_conect_owner;
revoke all on function practice.history_deliveries(text[], text[], integer) from public;
comment on function practice.history_deliveries(text[], text[], integer) is
    'What was sent to webhooks of practices about refs: to which host, when, with what outcome; only within an access record of the role auditor.';
