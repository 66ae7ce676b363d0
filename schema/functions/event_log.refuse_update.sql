create or replace function event_log.refuse_update() returns trigger
    language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
    -- Rows of redaction are written by event_log.redact alone; this transaction's own are the few with its number.
    if not exists (select from event_log.redaction r where r.xmin = pg_current_xact_id()::xid) then
        raise exception 'event_log.% is append only: % refused', tg_table_name, tg_op
            using errcode = 'insufficient_privilege';
    end if;
    return null;
end
$$;
alter function event_log.refuse_update() owner to primary_conect_owner;
revoke all on function event_log.refuse_update() from public;
comment on function event_log.refuse_update() is
    'Guard of events and messages: refuses each UPDATE outside a transaction that has noted a redaction.';
