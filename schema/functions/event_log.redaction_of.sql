create or replace function event_log.redaction_of(log_name text, at_position bigint)
    returns table ("position" bigint, payload_digest bytea, message_position bigint, message_digest bytea)
    language plpgsql stable parallel restricted security definer rows 5
    set search_path = pg_catalog, pg_temp
    set enable_seqscan = off
as $$
#variable_conflict use_column
declare
    told record;
    message record;
begin
    select e.position, e.stream, e.salt, e.payload, e.message_position into told
    from event_log.event e where e.log = log_name and e.position = at_position;
    if not found or told.salt = '' or told.stream like 'redaction:%' then return; end if;
    if told.message_position is null then
        return query
            select told.position, sha256(told.salt || convert_to(told.payload, 'UTF8')), null::bigint, null::bytea;
        return;
    end if;
    select m.position, m.disposition, m.event_count, sha256(m.salt || m.bytes) as digest into message
    from event_log.message m where m.log = log_name and m.position = told.message_position;
    -- What a message told at once stands together; only one that was held back can have told more, later.
    return query
        select e.position, sha256(e.salt || convert_to(e.payload, 'UTF8')), message.position, message.digest
        from event_log.event e
        where e.log = log_name and e.position >= message.position
          and (message.disposition = 'quarantined' or e.position < message.position + message.event_count)
          and e.message_position = message.position and e.salt <> ''
        order by e.position;
end
$$;
alter function event_log.redaction_of(text, bigint) owner to primary_conect_owner;
revoke all on function event_log.redaction_of(text, bigint) from public;
comment on function event_log.redaction_of(text, bigint) is
    'What goes with an event when it is taken out: the event alone, or all that its message told, with the digests to which the '
    'leaves commit. Empty where there is nothing to take out (any more), and for what tells of a redaction.';
