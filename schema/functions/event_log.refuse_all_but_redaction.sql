create or replace function event_log.refuse_all_but_redaction() returns trigger
    language plpgsql set search_path = pg_catalog, pg_temp
as $$
declare
    kept boolean;
begin
    if tg_table_name = 'event' then
        kept := old.salt <> '' and new.salt = '' and new.payload = ''
            and (new.log, new.position, new.recorded_at, new.stream, new.type, new.leaf_hash)
                = (old.log, old.position, old.recorded_at, old.stream, old.type, old.leaf_hash)
            and new.occurred_at is not distinct from old.occurred_at
            and new.message_position is not distinct from old.message_position
            and exists (
                select from event_log.redaction r
                where r.log = old.log and r.position = old.position and r.xmin = pg_current_xact_id()::xid
                  and r.payload_digest = sha256(old.salt || convert_to(old.payload, 'UTF8')));
    else
        -- The first event of a message bears its position, and is taken out with it.
        kept := old.salt <> '' and new.salt = '' and new.bytes = ''
            and (new.log, new.position, new.recorded_at, new.event_count, new.control_id_reused, new.control_id, new.sender,
                 new.digest, new.trigger, new.disposition, new.answer, new.received_from)
                = (old.log, old.position, old.recorded_at, old.event_count, old.control_id_reused, old.control_id, old.sender,
                   old.digest, old.trigger, old.disposition, old.answer, old.received_from)
            and new.reason is not distinct from old.reason
            and exists (
                select from event_log.redaction r
                where r.log = old.log and r.position = old.position and r.xmin = pg_current_xact_id()::xid
                  and r.message_digest = sha256(old.salt || old.bytes));
    end if;
    if kept is not true then
        raise exception 'event_log.% is append only: % refused', tg_table_name, tg_op
            using errcode = 'insufficient_privilege';
    end if;
    return new;
end
$$;
alter function event_log.refuse_all_but_redaction() owner to primary_conect_owner;
revoke all on function event_log.refuse_all_but_redaction() from public;
comment on function event_log.refuse_all_but_redaction() is
    'Guard of events and messages: an UPDATE may only empty payload or bytes with their salt, once in this transaction the digest '
    'was kept in event_log.redaction.';
