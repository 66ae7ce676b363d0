create or replace function practice.history_rows(of_log text, of_encounters text[])
    returns table (
        practice text, encounter_ref text, patient_ref text, former_refs text[], encounter_key text, restricted boolean,
        shown_since timestamptz, withdrawn_at timestamptz, withdrawn_reason text
    )
    language plpgsql stable parallel restricted security definer rows 20
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
    asking   constant text := audit.current_practice();
    sees_all constant boolean := coalesce(audit.current_role() = 'auditor', false);
begin
    if asking is null then
        raise exception 'no access record in this transaction' using errcode = 'insufficient_privilege';
    end if;
    return query
        select e.practice, e.encounter_ref, e.patient_ref, coalesce(e.former_refs, '{}'), e.encounter_key, e.restricted,
               e.shown_since, e.withdrawn_at, e.withdrawn_reason
        from practice.encounter e
        where e.hospital = of_log and e.encounter_key = any (of_encounters) and (sees_all or e.practice = asking)
        order by e.shown_since, e.practice, e.encounter_ref;
end
$$;
alter function practice.history_rows(text, text[]) owner to primary_conect_owner;
revoke all on function practice.history_rows(text, text[]) from public;
comment on function practice.history_rows(text, text[]) is
    'Under which practices encounters of a hospital are or were shown, and since when: to the role auditor of all practices, else of that of this transaction''s access record.';
