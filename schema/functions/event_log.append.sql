create or replace function event_log.append(
    log_name text, expected bigint, now_recorded timestamptz, new_range bytea,
    message_positions bigint[], event_counts integer[], reused boolean[], control_ids text[], senders text[],
    digests bytea[], message_salts bytea[], triggers text[], dispositions text[], answers text[], reasons text[],
    peers text[], messages bytea[],
    occurred timestamptz[], tellers bigint[], streams text[], types text[], leaf_hashes bytea[], event_salts bytea[],
    payloads text[]
) returns table (
    outcome text, item integer, head_position bigint, event_count integer, recorded_at timestamptz, answer text,
    control_id_reused boolean, range bytea
)
    language plpgsql volatile parallel unsafe security definer rows 1
    set search_path = pg_catalog, pg_temp
    -- Plans are kept for the life of a session, made perhaps while the tables are empty, and must be right when they
    -- are huge.
    set enable_seqscan = off
as $$
#variable_conflict use_column
declare
    head  record;
    known integer[];
begin
    -- The order of the log: from here to the commit nobody else appends to it.
    select h.position, h.recorded_at, h.range into head from event_log.head h where h.log = log_name for update;
    if not found then
        insert into event_log.head (log, position, recorded_at, range) values (log_name, 0, '-infinity', '')
        on conflict do nothing;
        select h.position, h.recorded_at, h.range into head from event_log.head h where h.log = log_name for update;
    end if;
    if head.position <> expected or head.recorded_at > now_recorded then
        return query select 'moved', 0, head.position, 0, head.recorded_at, '', false, head.range;
        return;
    end if;

    -- Messages whose sender has used their control id before. An empty one says nothing: there the digest decides at
    -- once. "limit 1" keeps each look-up a single descent of message_key, even for a sender who always uses the same
    -- id.
    known := array(
        select i.item::integer
        from unnest(control_ids, senders) with ordinality as i (control_id, sender, item)
        where i.control_id = '' or (
            select true from event_log.message m
            where m.log = log_name and m.control_id = i.control_id and m.sender = i.sender limit 1));
    if known <> '{}' then
        return query
            select 'duplicate', i.item, d.position, d.event_count, d.recorded_at, d.answer, d.control_id_reused,
                   ''::bytea
            from unnest(known) as i (item), lateral (
                select m.position, m.event_count, m.recorded_at, m.answer, m.control_id_reused from event_log.message m
                where m.log = log_name and m.control_id = control_ids[i.item] and m.sender = senders[i.item]
                  and m.digest = digests[i.item] limit 1) as d;
        if found then return; end if;
        foreach item in array known loop
            continue when control_ids[item] = '';
            reused[item] := true;
            outcome := 'reused';
            return next;
        end loop;
    end if;

    with told as (
        insert into event_log.message (
            log, recorded_at, position, event_count, control_id_reused, control_id, sender, digest, salt, trigger,
            disposition, answer, reason, received_from, bytes)
        select log_name, now_recorded, unnest(message_positions), unnest(event_counts), unnest(reused),
               unnest(control_ids), unnest(senders), unnest(digests), unnest(message_salts), unnest(triggers),
               unnest(dispositions), unnest(answers), unnest(reasons), unnest(peers), unnest(messages)
    ), happened as (
        insert into event_log.event (
            log, recorded_at, position, occurred_at, message_position, stream, type, leaf_hash, salt, payload)
        select log_name, now_recorded, generate_series(expected + 1, expected + cardinality(streams)),
               unnest(occurred), unnest(tellers), unnest(streams), unnest(types), unnest(leaf_hashes),
               unnest(event_salts), unnest(payloads)
    )
    update event_log.head h
    set position = expected + cardinality(streams), recorded_at = now_recorded, range = new_range
    where h.log = log_name;

    perform pg_notify('event_log', log_name);
    outcome := 'appended';
    item := 0;
    head_position := expected + cardinality(streams);
    return next;
end
$$;
alter function event_log.append(
    text, bigint, timestamptz, bytea, bigint[], integer[], boolean[], text[], text[], bytea[], bytea[], text[], text[],
    text[], text[], text[], bytea[], timestamptz[], bigint[], text[], text[], bytea[], bytea[], text[])
    owner to primary_conect_owner;
revoke all on function event_log.append(
    text, bigint, timestamptz, bytea, bigint[], integer[], boolean[], text[], text[], bytea[], bytea[], text[], text[],
    text[], text[], text[], bytea[], timestamptz[], bigint[], text[], text[], bytea[], bytea[], text[]) from public;
comment on function event_log.append(
    text, bigint, timestamptz, bytea, bigint[], integer[], boolean[], text[], text[], bytea[], bytea[], text[], text[],
    text[], text[], text[], bytea[], timestamptz[], bigint[], text[], text[], bytea[], bytea[], text[]) is
    'The one way into the log: messages and their events behind position "expected", for which the caller has computed '
    'leaves and range. Answers "moved" with the head if the log ends elsewhere (or later in time), "duplicate" with '
    'the first telling of each message that is there already: then nothing was written. Else "reused" for each message '
    'whose control id was used before, and "appended".';
