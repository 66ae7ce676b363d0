create or replace function event_log.refuse_change() returns trigger
    language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
    raise exception 'event_log.% is append only: % refused', tg_table_name, tg_op
        using errcode = 'insufficient_privilege';
end
$$;
alter function event_log.refuse_change() owner to primary_conect_owner;
revoke all on function event_log.refuse_change() from public;
comment on function event_log.refuse_change() is 'Guard of the log: refuses each UPDATE, DELETE and TRUNCATE.';
