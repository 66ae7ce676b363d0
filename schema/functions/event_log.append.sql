create or replace function event_log.append(
    log_name text, expected bigint, now_recorded timestamptz, new_range bytea,
    message_positions bigint[], event_counts integer[], reused boolean[], control_ids text[], senders text[], digests bytea[],
    message_salts bytea[], triggers text[], dispositions text[], answers text[], reasons text[], peers text[], messages bytea[],
    occurred timestamptz[], tellers bigint[], streams text[], types text[], leaf_hashes bytea[], event_salts bytea[],
    payloads text[]
) returns table (
    outcome text, item integer, head_position bigint, event_count integer, recorded_at timestamptz, answer text,
    control_id_reused boolean, range bytea
)
    language plpgsql volatile parallel unsafe security definer rows 1
    set search_path = pg_catalog, pg_temp
    -- The plans below are made once for a session, perhaps while the tables are empty, and must be right when they are huge.
    set plan_cache_mode = force_generic_plan
    set enable_seqscan = off
    set enable_hashjoin = off
    set enable_mergejoin = off
as $$
#variable_conflict use_column
declare
    known    integer[];
    head     record;
    inserted integer;
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

    -- Control ids that their sender has used before; an empty one says nothing, so there the bytes decide at once.
    known := array(
        select i.item::integer
        from unnest(control_ids, senders) with ordinality as i (control_id, sender, item)
        where i.control_id = '' or (
            select true from event_log.message m
            where m.log = log_name and m.control_id = i.control_id and m.sender = i.sender limit 1));
    if known <> '{}' then
        return query
            select 'duplicate', i.item, m.position, m.event_count, m.recorded_at, m.answer, m.control_id_reused, ''::bytea
            from unnest(known) as i (item) join event_log.message m
                on m.log = log_name and m.control_id = control_ids[i.item] and m.sender = senders[i.item]
                and m.digest = digests[i.item];
        if found then return; end if;
        foreach item in array known loop
            if control_ids[item] <> '' then
                reused[item] := true;
                return query select 'reused', item, 0::bigint, 0, now_recorded, '', true, ''::bytea;
            end if;
        end loop;
    end if;

    insert into event_log.message (
        log, recorded_at, position, event_count, control_id_reused, control_id, sender, digest, salt, trigger, disposition,
        answer, reason, received_from, bytes)
    select log_name, now_recorded, unnest(message_positions), unnest(event_counts), unnest(reused), unnest(control_ids),
           unnest(senders), unnest(digests), unnest(message_salts), unnest(triggers), unnest(dispositions), unnest(answers),
           unnest(reasons), unnest(peers), unnest(messages);

    insert into event_log.event (
        log, recorded_at, position, occurred_at, message_position, stream, type, leaf_hash, salt, payload)
    select log_name, now_recorded, generate_series(expected + 1, expected + cardinality(streams)), unnest(occurred),
           unnest(tellers), unnest(streams), unnest(types), unnest(leaf_hashes), unnest(event_salts), unnest(payloads);
    get diagnostics inserted = row_count;

    update event_log.head h
    set position = expected + inserted, recorded_at = now_recorded, range = new_range
    where h.log = log_name;

    perform pg_notify('event_log', log_name);
    return query select 'appended', 0, expected + inserted, inserted, now_recorded, '', false, ''::bytea;
end
$$;
