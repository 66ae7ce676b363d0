create or replace function audit.record_shown(refs text[]) returns integer
    language plpgsql volatile security definer parallel unsafe set search_path = pg_catalog, pg_temp
as $$
declare
    opened   audit.access;
    distinct_refs text[];
begin
    select access.* into opened
    from audit.access
    where access.transaction = pg_current_xact_id_if_assigned()
      and access.outcome = 'granted'
      and access.at = transaction_timestamp();
    if not found then
        raise exception 'no access record in this transaction' using errcode = 'insufficient_privilege';
    end if;
    distinct_refs := array(select distinct r from unnest(refs) r where r is not null order by r);
    insert into audit.shown (practice, access, part, patients, refs)
    values (opened.practice, opened.id,
            (select coalesce(max(s.part), 0) + 1 from audit.shown s where s.practice = opened.practice and s.access = opened.id),
            cardinality(distinct_refs), distinct_refs);
    return cardinality(distinct_refs);
end
$$;
alter function audit.record_shown(text[]) owner to primary_conect_owner;
revoke all on function audit.record_shown(text[]) from public;
comment on function audit.record_shown(text[]) is
    'Records which patients this transaction shows, under its access record; returns how many. Called in the statement that reads the rows.';
