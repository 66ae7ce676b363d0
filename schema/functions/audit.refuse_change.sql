create or replace function audit.refuse_change() returns trigger
    language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
    raise exception 'audit.% is append only: % refused', tg_table_name, tg_op using errcode = 'insufficient_privilege';
end
$$;
alter function audit.refuse_change() owner to primary_conect_owner;
revoke all on function audit.refuse_change() from public;
comment on function audit.refuse_change() is 'Guard of the append-only tables: refuses each UPDATE, DELETE and TRUNCATE.';
