create or replace function event_log.redact(
    log_name text, expected bigint, now_recorded timestamptz, new_range bytea, at_position bigint, redacted bigint[],
    leaf bytea, event_salt bytea, event_payload text
) returns table (outcome text, "position" bigint, recorded_at timestamptz, range bytea)
    language plpgsql volatile parallel unsafe security definer rows 1
    set search_path = pg_catalog, pg_temp
    -- As in event_log.append: the same plan whatever the size.
    set enable_seqscan = off
as $$
#variable_conflict use_column
declare
    head record;
    said jsonb;
begin
    -- The order of the log: from here to the commit nobody else appends to it.
    select h.position, h.recorded_at, h.range into head from event_log.head h where h.log = log_name for update;
    if not found then
        raise exception 'no such log' using errcode = 'no_data_found';
    end if;
    if head.position <> expected or head.recorded_at > now_recorded then
        return query select 'moved', head.position, head.recorded_at, head.range;
        return;
    end if;
    -- Two people, not one; both stand in the event, and so in the tree.
    said := event_payload::jsonb;
    if coalesce(said ->> 'by', '') = '' or coalesce(said ->> 'approved_by', '') = '' or coalesce(said ->> 'reason', '') = ''
       or lower(said ->> 'by') = lower(said ->> 'approved_by')
       or said -> 'positions' is distinct from to_jsonb(redacted) then
        raise exception 'not a redaction that two people stand for' using errcode = 'insufficient_privilege';
    end if;
    insert into event_log.redaction (log, position, told_at, payload_digest, message_position, message_digest)
    select log_name, r.position, expected + 1, r.payload_digest, r.message_position, r.message_digest
    from event_log.redaction_of(log_name, at_position) r;
    if array(select r.position from event_log.redaction r where r.log = log_name and r.told_at = expected + 1
             order by r.position) is distinct from redacted or redacted = '{}' then
        raise exception 'not what is to be redacted now' using errcode = 'insufficient_privilege';
    end if;

    update event_log.event e set payload = '', salt = '' where e.log = log_name and e.position = any (redacted);
    update event_log.message m set bytes = '', salt = ''
    where m.log = log_name
      and m.position = (select r.message_position from event_log.redaction r
                        where r.log = log_name and r.position = redacted[1]);
    insert into event_log.event (
        log, recorded_at, position, occurred_at, message_position, stream, type, leaf_hash, salt, payload)
    values (log_name, now_recorded, expected + 1, null, null, 'redaction:' || at_position, 'log.redacted.v1', leaf, event_salt,
            event_payload);
    update event_log.head h set position = expected + 1, recorded_at = now_recorded, range = new_range
    where h.log = log_name;

    perform pg_notify('event_log', log_name);
    return query select 'appended', expected + 1, now_recorded, new_range;
end
$$;
alter function event_log.redact(text, bigint, timestamptz, bytea, bigint, bigint[], bytea, bytea, text)
    owner to primary_conect_owner;
revoke all on function event_log.redact(text, bigint, timestamptz, bytea, bigint, bigint[], bytea, bytea, text) from public;
comment on function event_log.redact(text, bigint, timestamptz, bytea, bigint, bigint[], bytea, bytea, text) is
    'The one way to take anything out of the log: empties payload, bytes and salts of one event and of all that its message told, '
    'keeps the digests to which their leaves commit, and appends log.redacted.v1, which says who did it, who approved, why, and '
    'which positions. Answers "moved" with the head if the log ends elsewhere: then nothing was written; else "appended". Either '
    'way the head stays locked to the end of the transaction.';
