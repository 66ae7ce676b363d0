CREATE SCHEMA audit;

ALTER SCHEMA audit OWNER TO primary_conect_owner;

COMMENT ON SCHEMA audit IS 'Who looked at what, for which practice, when and why; append only.';

CREATE SCHEMA event_log;

ALTER SCHEMA event_log OWNER TO primary_conect_owner;

COMMENT ON SCHEMA event_log IS 'What hospitals told us and when, in the order we learned it; append only.';

CREATE SCHEMA practice;

ALTER SCHEMA practice OWNER TO primary_conect_owner;

COMMENT ON SCHEMA practice IS 'Views for practices and the memory of the projector; all of it can be dropped and made again from event_log.';

CREATE FUNCTION audit.current_practice() RETURNS text
    LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    return (select access.practice
            from audit.access
            where access.transaction = pg_current_xact_id_if_assigned()
              and access.outcome = 'granted'
              and access.at = transaction_timestamp());
end
$$;

ALTER FUNCTION audit.current_practice() OWNER TO primary_conect_owner;

COMMENT ON FUNCTION audit.current_practice() IS 'The practice of the access record that this very transaction has written; null if it has written none. The time guards against a transaction id used again after a restore.';

CREATE FUNCTION audit.open_access(practice text, subject text, role text, client text, purpose text, route text, request_id text, OUT id uuid, OUT at timestamp with time zone) RETURNS record
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
begin
    if practice is null or practice !~ '^[A-Z0-9-]{1,12}$' then
        raise exception 'not a practice code' using errcode = 'invalid_parameter_value';
    end if;
    if practice = 'UNKNOWN' and role is distinct from 'operator' then
        raise exception 'the patients of no practice are for operators' using errcode = 'insufficient_privilege';
    end if;
    if audit.current_practice() is not null then
        raise exception 'this transaction has its access record already' using errcode = 'insufficient_privilege';
    end if;
    id := gen_random_uuid();
    at := transaction_timestamp();
    insert into audit.access (practice, id, at, transaction, outcome, subject, role, client, purpose, route, request_id, login)
    values (open_access.practice, open_access.id, open_access.at, pg_current_xact_id(), 'granted', open_access.subject,
            open_access.role, open_access.client, open_access.purpose, open_access.route, open_access.request_id, session_user);
end
$_$;

ALTER FUNCTION audit.open_access(practice text, subject text, role text, client text, purpose text, route text, request_id text, OUT id uuid, OUT at timestamp with time zone) OWNER TO primary_conect_owner;

COMMENT ON FUNCTION audit.open_access(practice text, subject text, role text, client text, purpose text, route text, request_id text, OUT id uuid, OUT at timestamp with time zone) IS 'Records who looks, for which practice and why, and thereby opens the rows of that practice to this transaction. Once in a transaction: a second call is refused, whatever practice it names.';

CREATE FUNCTION audit.open_operator_access(subject text, purpose text, route text, request_id text) RETURNS timestamp with time zone
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select opened.at
    from audit.open_access('UNKNOWN', subject, 'operator', 'command-line', purpose, route, request_id) opened
$$;

ALTER FUNCTION audit.open_operator_access(subject text, purpose text, route text, request_id text) OWNER TO primary_conect_owner;

COMMENT ON FUNCTION audit.open_operator_access(subject text, purpose text, route text, request_id text) IS 'Records that an operator looks at what no practice has been told yet, and why, and thereby opens messages held back and joined identities to this transaction.';

CREATE FUNCTION audit.open_roster_access(practice text, subject text, purpose text, route text, request_id text) RETURNS timestamp with time zone
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select opened.at
    from audit.open_access(practice, subject, 'operator', 'command-line', purpose, route, request_id) opened
$$;

ALTER FUNCTION audit.open_roster_access(practice text, subject text, purpose text, route text, request_id text) OWNER TO primary_conect_owner;

COMMENT ON FUNCTION audit.open_roster_access(practice text, subject text, purpose text, route text, request_id text) IS 'Records that an operator reads or tells the list of a practice on its behalf, and why, and thereby opens that list to this transaction.';

CREATE FUNCTION audit.record_denial(practice text, subject text, role text, client text, purpose text, route text, request_id text, reason text) RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
declare
    denied uuid := gen_random_uuid();
begin
    insert into audit.access (practice, id, at, transaction, outcome, denial, subject, role, client, purpose, route, request_id, login)
    values (case when practice ~ '^[A-Z0-9-]{1,12}$' then practice else 'INVALID' end, denied, transaction_timestamp(),
            pg_current_xact_id(), 'denied', reason, subject, role, client, purpose, route, request_id, session_user);
    return denied;
end
$_$;

ALTER FUNCTION audit.record_denial(practice text, subject text, role text, client text, purpose text, route text, request_id text, reason text) OWNER TO primary_conect_owner;

COMMENT ON FUNCTION audit.record_denial(practice text, subject text, role text, client text, purpose text, route text, request_id text, reason text) IS 'Records a look that was refused; opens nothing.';

CREATE FUNCTION audit.record_shown(refs text[]) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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

ALTER FUNCTION audit.record_shown(refs text[]) OWNER TO primary_conect_owner;

COMMENT ON FUNCTION audit.record_shown(refs text[]) IS 'Records which patients this transaction shows, under its access record; returns how many. Called in the statement that reads the rows.';

CREATE FUNCTION audit.refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    raise exception 'audit.% is append only: % refused', tg_table_name, tg_op using errcode = 'insufficient_privilege';
end
$$;

ALTER FUNCTION audit.refuse_change() OWNER TO primary_conect_owner;

COMMENT ON FUNCTION audit.refuse_change() IS 'Guard of the append-only tables: refuses each UPDATE, DELETE and TRUNCATE.';

CREATE FUNCTION event_log.append(log_name text, expected bigint, now_recorded timestamp with time zone, new_range bytea, message_positions bigint[], event_counts integer[], reused boolean[], control_ids text[], senders text[], digests bytea[], message_salts bytea[], triggers text[], dispositions text[], answers text[], reasons text[], peers text[], messages bytea[], occurred timestamp with time zone[], tellers bigint[], streams text[], types text[], leaf_hashes bytea[], event_salts bytea[], payloads text[]) RETURNS TABLE(outcome text, item integer, head_position bigint, event_count integer, recorded_at timestamp with time zone, answer text, control_id_reused boolean, range bytea)
    LANGUAGE plpgsql SECURITY DEFINER ROWS 1
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_seqscan TO 'off'
    AS $$
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

ALTER FUNCTION event_log.append(log_name text, expected bigint, now_recorded timestamp with time zone, new_range bytea, message_positions bigint[], event_counts integer[], reused boolean[], control_ids text[], senders text[], digests bytea[], message_salts bytea[], triggers text[], dispositions text[], answers text[], reasons text[], peers text[], messages bytea[], occurred timestamp with time zone[], tellers bigint[], streams text[], types text[], leaf_hashes bytea[], event_salts bytea[], payloads text[]) OWNER TO primary_conect_owner;

COMMENT ON FUNCTION event_log.append(log_name text, expected bigint, now_recorded timestamp with time zone, new_range bytea, message_positions bigint[], event_counts integer[], reused boolean[], control_ids text[], senders text[], digests bytea[], message_salts bytea[], triggers text[], dispositions text[], answers text[], reasons text[], peers text[], messages bytea[], occurred timestamp with time zone[], tellers bigint[], streams text[], types text[], leaf_hashes bytea[], event_salts bytea[], payloads text[]) IS 'The one way into the log: messages and their events behind position "expected", for which the caller has computed leaves and range. Answers "moved" with the head if the log ends elsewhere (or later in time), "duplicate" with the first telling of each message that is there already: then nothing was written. Else "reused" for each message whose control id was used before, and "appended".';

CREATE FUNCTION event_log.append_events(log_name text, expected bigint, now_recorded timestamp with time zone, new_range bytea, occurred timestamp with time zone[], tellers bigint[], streams text[], types text[], leaf_hashes bytea[], event_salts bytea[], payloads text[]) RETURNS TABLE(outcome text, "position" bigint, recorded_at timestamp with time zone, range bytea)
    LANGUAGE plpgsql SECURITY DEFINER ROWS 1
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_seqscan TO 'off'
    AS $_$
#variable_conflict use_column
declare
    head     record;
    settled  bigint[];
    redriven bigint[];
begin
    -- The order of the log: from here to the commit nobody else appends to it, so that within one transaction a second
    -- call finds what the first one was told.
    select h.position, h.recorded_at, h.range into head from event_log.head h where h.log = log_name for update;
    if not found then
        raise exception 'no such log' using errcode = 'no_data_found';
    end if;
    if head.position <> expected or head.recorded_at > now_recorded then
        return query select 'moved', head.position, head.recorded_at, head.range;
        return;
    end if;

    -- No message tells an operator's act, and each event that a message tells comes with the redrive of that message.
    if exists (
        select from unnest(tellers, streams, types) as e (teller, stream, type)
        where case
            when e.teller is not null then
                e.stream like 'quarantine:%'
                or e.type in ('message.redriven.v1', 'message.discarded.v1', 'patient.unmerged.v1')
            when e.type in ('message.redriven.v1', 'message.discarded.v1') then e.stream !~ '^quarantine:[1-9][0-9]{0,17}$'
            else e.type <> 'patient.unmerged.v1' or e.stream not like 'patient:%'
        end
    ) then
        raise exception 'not an operator''s event' using errcode = 'insufficient_privilege';
    end if;
    settled := array(
        select substr(e.stream, 12)::bigint from unnest(streams, types) as e (stream, type)
        where e.type in ('message.redriven.v1', 'message.discarded.v1'));
    redriven := array(
        select substr(e.stream, 12)::bigint from unnest(streams, types) as e (stream, type)
        where e.type = 'message.redriven.v1');
    if exists (select from unnest(settled) as s (at) group by s.at having count(*) > 1)
       or exists (select from unnest(tellers) as t (at) where t.at is not null and t.at <> all (redriven)) then
        raise exception 'a message is read again once, with its events' using errcode = 'insufficient_privilege';
    end if;
    if exists (
        select from unnest(settled) as s (at)
        where (select m.disposition from event_log.message m where m.log = log_name and m.position = s.at)
              is distinct from 'quarantined'
    ) then
        raise exception 'not a message held back' using errcode = 'insufficient_privilege';
    end if;

    -- Whoever came first has settled it; under the head's lock there is no second.
    return query
        select 'settled', s.at, null::timestamptz, null::bytea from unnest(settled) as s (at)
        where (select true from event_log.event e
               where e.log = log_name and e.stream = 'quarantine:' || s.at limit 1);
    if found then return; end if;

    with happened as (
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
    return query select 'appended', expected + cardinality(streams), now_recorded, new_range;
end
$_$;

ALTER FUNCTION event_log.append_events(log_name text, expected bigint, now_recorded timestamp with time zone, new_range bytea, occurred timestamp with time zone[], tellers bigint[], streams text[], types text[], leaf_hashes bytea[], event_salts bytea[], payloads text[]) OWNER TO primary_conect_owner;

COMMENT ON FUNCTION event_log.append_events(log_name text, expected bigint, now_recorded timestamp with time zone, new_range bytea, occurred timestamp with time zone[], tellers bigint[], streams text[], types text[], leaf_hashes bytea[], event_salts bytea[], payloads text[]) IS 'The operator''s way into the log: what became of messages held back, the events of those read again, and aliases taken back, behind position "expected", for which the caller has computed leaves and range. Answers "moved" with the head if the log ends elsewhere, "settled" with each message that something became of before: then nothing was written. Else "appended" with the new head. Either way the head stays locked to the end of the transaction.';

CREATE FUNCTION event_log.append_registrations(log_name text, expected bigint, seen bigint, now_recorded timestamp with time zone, new_range bytea, occurred timestamp with time zone[], streams text[], types text[], leaf_hashes bytea[], event_salts bytea[], payloads text[]) RETURNS TABLE(outcome text, "position" bigint, recorded_at timestamp with time zone, range bytea)
    LANGUAGE plpgsql SECURITY DEFINER ROWS 1
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_seqscan TO 'off'
    AS $_$
#variable_conflict use_column
declare
    head record;
begin
    -- The access record is the scope of what is written, too: nobody writes another practice's list.
    if audit.current_practice() is distinct from log_name or log_name !~ '^[A-Z][0-9]{5}$' then
        raise exception 'no access record of this practice in this transaction' using errcode = 'insufficient_privilege';
    end if;
    if exists (
        select from unnest(streams, types) as e (stream, type)
        where (e.type in ('registration.listed.v1', 'registration.left.v1', 'registration.details-changed.v1',
                          'registration.symphony-scored.v1', 'registration.care-changed.v1')
               and e.stream ~ '^registration:[0-9a-f]{32}$'
               or e.type = 'roster.imported.v1' and e.stream = 'roster') is not true
    ) then
        raise exception 'not an event of a practice''s list' using errcode = 'insufficient_privilege';
    end if;

    -- The order of the log: from here to the commit nobody else appends to it, so that within one transaction a second
    -- call finds what the first one was told.
    select h.position, h.recorded_at, h.range into head from event_log.head h where h.log = log_name for update;
    if not found then
        insert into event_log.head (log, position, recorded_at, range) values (log_name, 0, '-infinity', '')
        on conflict do nothing;
        select h.position, h.recorded_at, h.range into head from event_log.head h where h.log = log_name for update;
    end if;
    if head.position <> expected or head.recorded_at > now_recorded then
        return query select 'moved', head.position, head.recorded_at, head.range;
        return;
    end if;
    -- Other acts of the practice may have come in between, but none about its list: it was compared without them.
    if exists (
        select from event_log.event e
        where e.log = log_name and e.position > seen
          and (e.type like 'registration.%' or e.type = 'roster.imported.v1')
    ) then
        return query select 'overtaken', head.position, head.recorded_at, head.range;
        return;
    end if;

    with happened as (
        insert into event_log.event (
            log, recorded_at, position, occurred_at, message_position, stream, type, leaf_hash, salt, payload)
        select log_name, now_recorded, generate_series(expected + 1, expected + cardinality(streams)),
               unnest(occurred), null::bigint, unnest(streams), unnest(types), unnest(leaf_hashes),
               unnest(event_salts), unnest(payloads)
    )
    update event_log.head h
    set position = expected + cardinality(streams), recorded_at = now_recorded, range = new_range
    where h.log = log_name;

    perform pg_notify('event_log', log_name);
    return query select 'appended', expected + cardinality(streams), now_recorded, new_range;
end
$_$;

ALTER FUNCTION event_log.append_registrations(log_name text, expected bigint, seen bigint, now_recorded timestamp with time zone, new_range bytea, occurred timestamp with time zone[], streams text[], types text[], leaf_hashes bytea[], event_salts bytea[], payloads text[]) OWNER TO primary_conect_owner;

COMMENT ON FUNCTION event_log.append_registrations(log_name text, expected bigint, seen bigint, now_recorded timestamp with time zone, new_range bytea, occurred timestamp with time zone[], streams text[], types text[], leaf_hashes bytea[], event_salts bytea[], payloads text[]) IS 'A practice''s way into its own log: what it tells of its list, behind position "expected", for which the caller has computed leaves and range; only within an access record of that practice. Answers "moved" with the head if the log ends elsewhere, "overtaken" if the list was told anew behind "seen": then nothing was written. Else "appended" with the new head. Either way the head stays locked to the end of the transaction.';

CREATE FUNCTION event_log.held_messages(of_log text, at_positions bigint[]) RETURNS TABLE("position" bigint, recorded_at timestamp with time zone, reason text, trigger text, sender text, salt bytea, bytes bytea, payload text, settled_by text, settled_at bigint)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 100 PARALLEL RESTRICTED
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_seqscan TO 'off'
    AS $$
#variable_conflict use_column
begin
    if audit.current_practice() is distinct from 'UNKNOWN' then
        raise exception 'no operator''s access record in this transaction' using errcode = 'insufficient_privilege';
    end if;
    return query
        select m.position, m.recorded_at, m.reason, m.trigger, m.sender, m.salt, m.bytes, e.payload, s.type, s.position
        from unnest(at_positions) as asked (at)
        join event_log.message m on m.log = of_log and m.position = asked.at and m.disposition = 'quarantined'
        join event_log.event e on e.log = m.log and e.position = m.position
        left join lateral (
            select x.type, x.position from event_log.event x
            where x.log = m.log and x.stream = 'quarantine:' || m.position order by x.position limit 1) s on true
        order by m.position;
end
$$;

ALTER FUNCTION event_log.held_messages(of_log text, at_positions bigint[]) OWNER TO primary_conect_owner;

COMMENT ON FUNCTION event_log.held_messages(of_log text, at_positions bigint[]) IS 'Messages that were held back, byte for byte, and what became of each; only within an operator''s access record (audit.open_operator_access). Positions of other messages are passed over.';

CREATE FUNCTION event_log.identity_events(of_log text) RETURNS TABLE("position" bigint, recorded_at timestamp with time zone, type text, payload text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 100 PARALLEL RESTRICTED
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_seqscan TO 'off'
    AS $$
#variable_conflict use_column
begin
    if audit.current_practice() is distinct from 'UNKNOWN' then
        raise exception 'no operator''s access record in this transaction' using errcode = 'insufficient_privilege';
    end if;
    return query
        select e.position, e.recorded_at, e.type, e.payload from event_log.event e
        where e.log = of_log
          and e.type in ('patient.merged.v1', 'patient.moved.v1', 'patient.renumbered.v1', 'patient.unmerged.v1')
        order by e.position;
end
$$;

ALTER FUNCTION event_log.identity_events(of_log text) OWNER TO primary_conect_owner;

COMMENT ON FUNCTION event_log.identity_events(of_log text) IS 'The events of a log that join local identifiers or part them again; only within an operator''s access record (audit.open_operator_access).';

CREATE FUNCTION event_log.position_at(log_name text, moment timestamp with time zone) RETURNS bigint
    LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    low    bigint := 0;
    high   bigint;
    middle bigint;
    told   timestamptz;
begin
    select h.position into high from event_log.head h where h.log = log_name;
    if not found then return 0; end if;
    while low < high loop
        middle := (low + high + 1) / 2;
        select e.recorded_at into told from event_log.event e where e.log = log_name and e.position = middle;
        if told <= moment then low := middle; else high := middle - 1; end if;
    end loop;
    return low;
end
$$;

ALTER FUNCTION event_log.position_at(log_name text, moment timestamp with time zone) OWNER TO primary_conect_owner;

COMMENT ON FUNCTION event_log.position_at(log_name text, moment timestamp with time zone) IS 'The last position of a log that was told at or before a moment; 0 if nothing was.';

CREATE FUNCTION event_log.refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    raise exception 'event_log.% is append only: % refused', tg_table_name, tg_op
        using errcode = 'insufficient_privilege';
end
$$;

ALTER FUNCTION event_log.refuse_change() OWNER TO primary_conect_owner;

COMMENT ON FUNCTION event_log.refuse_change() IS 'Guard of the log: refuses each UPDATE, DELETE and TRUNCATE.';

CREATE FUNCTION event_log.registrations(of_log text, after bigint, at_most integer) RETURNS TABLE("position" bigint, type text, payload text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_seqscan TO 'off'
    AS $$
#variable_conflict use_column
begin
    if audit.current_practice() is distinct from of_log then
        raise exception 'no access record of this practice in this transaction' using errcode = 'insufficient_privilege';
    end if;
    return query
        select e.position, e.type, e.payload from event_log.event e
        where e.log = of_log and e.position > after
          and (e.type like 'registration.%' or e.type = 'roster.imported.v1')
        order by e.position limit at_most;
end
$$;

ALTER FUNCTION event_log.registrations(of_log text, after bigint, at_most integer) OWNER TO primary_conect_owner;

COMMENT ON FUNCTION event_log.registrations(of_log text, after bigint, at_most integer) IS 'The events behind a position by which a practice tells its list, in order; only within an access record of that practice (audit.open_access, audit.open_roster_access).';

CREATE FUNCTION event_log.waiting(of_log text, of_reason text) RETURNS TABLE(log text, "position" bigint, recorded_at timestamp with time zone, reason text, trigger text, sender text, byte_count integer, payload text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 100 PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_seqscan TO 'off'
    AS $$
#variable_conflict use_column
begin
    -- The subquery is one descent of event_stream a message: a join might read all events for a few messages.
    return query
        select m.log, m.position, m.recorded_at, m.reason, m.trigger, m.sender, octet_length(m.bytes), e.payload
        from event_log.message m join event_log.event e on e.log = m.log and e.position = m.position
        where m.disposition = 'quarantined'
          and (of_log is null or m.log = of_log) and (of_reason is null or m.reason = of_reason)
          and (select true from event_log.event s
               where s.log = m.log and s.stream = 'quarantine:' || m.position limit 1) is null
        order by m.log, m.position;
end
$$;

ALTER FUNCTION event_log.waiting(of_log text, of_reason text) OWNER TO primary_conect_owner;

COMMENT ON FUNCTION event_log.waiting(of_log text, of_reason text) IS 'The messages held back of which nothing has become yet, of one log and reason or (null) of all: codes, times, sizes and the event that tells where the reason lies; no patient data.';

CREATE FUNCTION event_log.waiting_counts() RETURNS TABLE(log text, reason text, messages bigint, byte_count bigint, oldest timestamp with time zone)
    LANGUAGE sql STABLE SECURITY DEFINER ROWS 10 PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select w.log, w.reason, count(*), sum(w.byte_count), min(w.recorded_at)
    from event_log.waiting(null, null) w group by w.log, w.reason order by w.log, w.reason
$$;

ALTER FUNCTION event_log.waiting_counts() OWNER TO primary_conect_owner;

COMMENT ON FUNCTION event_log.waiting_counts() IS 'How many messages are held back, how great they are and since when the oldest one, by log and reason.';

CREATE FUNCTION practice.advance(hospital text, projection text, expected bigint, reached bigint, told_through timestamp with time zone, successors text) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    -- Rows and checkpoint are lost together or not at all, and the log has what they are made from: no need to wait for the disk.
    perform set_config('synchronous_commit', 'off', true);
    -- Of one row, which only a rebuild's swap changes: whoever still works with the practices of before must begin anew.
    if not exists (select from practice.installation i where i.successors = advance.successors) then
        raise exception 'the views are made with other practices' using errcode = 'serialization_failure';
    end if;
    update practice.checkpoint c
    set position = advance.reached, told_through = coalesce(advance.told_through, c.told_through)
    where c.hospital = advance.hospital and c.projection = advance.projection and c.position = advance.expected;
    if found then return; end if;
    if expected = 0 then
        insert into practice.checkpoint (hospital, projection, position, told_through)
        values (advance.hospital, advance.projection, advance.reached, advance.told_through)
        on conflict do nothing;
        if found then return; end if;
    end if;
    raise exception 'the checkpoint has moved' using errcode = 'serialization_failure';
end
$$;

ALTER FUNCTION practice.advance(hospital text, projection text, expected bigint, reached bigint, told_through timestamp with time zone, successors text) OWNER TO primary_conect_owner;

COMMENT ON FUNCTION practice.advance(hospital text, projection text, expected bigint, reached bigint, told_through timestamp with time zone, successors text) IS 'Compare-and-set of a checkpoint, the first statement of each projection transaction: holds the row, so of two projectors one waits and is then refused (40001), as is one that works with other practices than the views are made with.';

CREATE FUNCTION practice.begin_rebuild() RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    begun uuid := gen_random_uuid();
begin
    insert into practice.rebuild (id) values (begun)
    on conflict (singleton) do update set id = excluded.id, begun_at = now();
    truncate practice.checkpoint_shadow, practice.feed_shadow, practice.encounter_shadow, practice.encounter_state_shadow,
             practice.patient_state_shadow, practice.poison_shadow;
    return begun;
end
$$;

ALTER FUNCTION practice.begin_rebuild() OWNER TO primary_conect_owner;

COMMENT ON FUNCTION practice.begin_rebuild() IS 'Empties the shadow tables and gives them to a new rebuild; an earlier one that still runs is refused at its next step.';

CREATE FUNCTION practice.hold_rebuild(id uuid) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    perform set_config('synchronous_commit', 'off', true);
    perform 1 from practice.rebuild r where r.id = hold_rebuild.id for share;
    if not found then
        raise exception 'the shadow tables belong to a later rebuild' using errcode = 'object_not_in_prerequisite_state';
    end if;
end
$$;

ALTER FUNCTION practice.hold_rebuild(id uuid) OWNER TO primary_conect_owner;

COMMENT ON FUNCTION practice.hold_rebuild(id uuid) IS 'First statement of each transaction that writes to the shadow tables: refused (55000) unless they are this rebuild''s.';

CREATE FUNCTION practice.swap_rebuild(id uuid, successors text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
declare
    view_name  text;
    index_name text;
begin
    perform practice.hold_rebuild(id);
    if exists (select 1 from practice.checkpoint live
               left join practice.checkpoint_shadow made using (hospital, projection)
               where coalesce(made.position, -1) < live.position) then
        raise exception 'the shadow tables are behind the live ones' using errcode = 'object_not_in_prerequisite_state';
    end if;

    -- Readers take feed before encounter, so this does too; a long look must not hold up all the others behind us.
    perform set_config('lock_timeout', '2s', true);
    lock table practice.feed in access exclusive mode;
    lock table practice.encounter in access exclusive mode;

    insert into practice.checkpoint as live (hospital, projection, position, told_through)
    select made.hospital, made.projection, made.position, made.told_through from practice.checkpoint_shadow made
    on conflict (hospital, projection) do update set position = excluded.position, told_through = excluded.told_through;

    foreach view_name in array array['feed', 'encounter', 'encounter_state', 'patient_state', 'poison'] loop
        execute format('alter table practice.%I rename to %I', view_name, view_name || '_swap');
        execute format('alter table practice.%I rename to %I', view_name || '_shadow', view_name);
        execute format('alter table practice.%I rename to %I', view_name || '_swap', view_name || '_shadow');
        -- Of the table that is now the shadow each index name goes aside, so that the live one can have it.
        for index_name in
            select c.relname from pg_index i join pg_class c on c.oid = i.indexrelid
            where i.indrelid = format('practice.%I', view_name || '_shadow')::regclass
        loop
            execute format('alter index practice.%I rename to %I', index_name, index_name || '_swap');
        end loop;
        for index_name in
            select c.relname from pg_index i join pg_class c on c.oid = i.indexrelid
            where i.indrelid = format('practice.%I', view_name)::regclass
        loop
            execute format('alter index practice.%I rename to %I', index_name,
                           replace(index_name, view_name || '_shadow', view_name));
        end loop;
        for index_name in
            select c.relname from pg_index i join pg_class c on c.oid = i.indexrelid
            where i.indrelid = format('practice.%I', view_name || '_shadow')::regclass
        loop
            execute format('alter index practice.%I rename to %I', index_name,
                           replace(regexp_replace(index_name, '_swap$', ''), view_name, view_name || '_shadow'));
        end loop;
        execute format('comment on table practice.%I is %L', view_name,
                       obj_description(format('practice.%I', view_name || '_shadow')::regclass, 'pg_class'));
        execute format('comment on table practice.%I is %L', view_name || '_shadow',
                       'Twin of practice.' || view_name || ', in which a rebuild is made.');
    end loop;

    truncate practice.checkpoint_shadow, practice.feed_shadow, practice.encounter_shadow, practice.encounter_state_shadow,
             practice.patient_state_shadow, practice.poison_shadow;
    delete from practice.rebuild;
    update practice.installation i set successors = swap_rebuild.successors
    where i.successors <> swap_rebuild.successors;
end
$_$;

ALTER FUNCTION practice.swap_rebuild(id uuid, successors text) OWNER TO primary_conect_owner;

COMMENT ON FUNCTION practice.swap_rebuild(id uuid, successors text) IS 'Makes the shadow tables the live ones, checkpoints included, and empties the others. The caller holds practice.checkpoint in SHARE ROW EXCLUSIVE mode, so that no projector moves meanwhile; refused (55000) if the shadow is behind.';

CREATE TABLE audit.access (
    practice text NOT NULL COLLATE pg_catalog."C",
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    transaction xid8 NOT NULL,
    outcome text NOT NULL,
    denial text,
    subject text NOT NULL,
    role text NOT NULL,
    client text NOT NULL,
    purpose text NOT NULL,
    route text NOT NULL,
    request_id text NOT NULL,
    login text NOT NULL,
    CONSTRAINT access_denial CHECK (((outcome = 'denied'::text) = (denial IS NOT NULL))),
    CONSTRAINT access_outcome CHECK ((outcome = ANY (ARRAY['granted'::text, 'denied'::text]))),
    CONSTRAINT access_practice_code CHECK ((practice ~ '^[A-Z0-9-]{1,12}$'::text))
);

ALTER TABLE audit.access OWNER TO primary_conect_owner;

COMMENT ON TABLE audit.access IS 'One row for each look, and for each look that was refused; the granted row is the scope of its transaction.';

COMMENT ON COLUMN audit.access.practice IS 'Practice on whose behalf; of a refused look the practice asked for, INVALID if that was no code.';

COMMENT ON COLUMN audit.access.id IS 'The access record.';

COMMENT ON COLUMN audit.access.at IS 'Start of the transaction that looked.';

COMMENT ON COLUMN audit.access.transaction IS 'The transaction that looked: only this one is within the scope.';

COMMENT ON COLUMN audit.access.outcome IS 'granted or denied.';

COMMENT ON COLUMN audit.access.denial IS 'Code of the reason of a refusal.';

COMMENT ON COLUMN audit.access.subject IS 'Who: the subject of the token.';

COMMENT ON COLUMN audit.access.role IS 'In which role.';

COMMENT ON COLUMN audit.access.client IS 'With which client.';

COMMENT ON COLUMN audit.access.purpose IS 'Why: direct-care, or a reason given.';

COMMENT ON COLUMN audit.access.route IS 'What was asked for: a route without identifiers, such as lists/admissions.';

COMMENT ON COLUMN audit.access.request_id IS 'X-Request-ID of the request.';

COMMENT ON COLUMN audit.access.login IS 'Database role that wrote the record.';

CREATE TABLE audit.shown (
    practice text NOT NULL COLLATE pg_catalog."C",
    access uuid NOT NULL,
    part smallint NOT NULL,
    patients integer NOT NULL,
    refs text[] NOT NULL
);

ALTER TABLE audit.shown OWNER TO primary_conect_owner;

COMMENT ON TABLE audit.shown IS 'Which patients a look has shown, written in the transaction that read them.';

COMMENT ON COLUMN audit.shown.practice IS 'Practice of the access record.';

COMMENT ON COLUMN audit.shown.access IS 'The access record.';

COMMENT ON COLUMN audit.shown.part IS 'Place among what one look has shown, from 1.';

COMMENT ON COLUMN audit.shown.patients IS 'How many patients.';

COMMENT ON COLUMN audit.shown.refs IS 'Refs of the patients, each once, in ascending order.';

CREATE TABLE event_log.event (
    "position" bigint NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    occurred_at timestamp with time zone,
    message_position bigint,
    log text NOT NULL COLLATE pg_catalog."C",
    stream text NOT NULL COLLATE pg_catalog."C",
    type text NOT NULL,
    leaf_hash bytea NOT NULL,
    salt bytea NOT NULL,
    payload text NOT NULL
);
ALTER TABLE ONLY event_log.event ALTER COLUMN payload SET COMPRESSION lz4;

ALTER TABLE event_log.event OWNER TO primary_conect_owner;

COMMENT ON TABLE event_log.event IS 'The facts as told, in one order for each log.';

COMMENT ON COLUMN event_log.event."position" IS 'Place in the log, from 1 without a gap, in the order of commits.';

COMMENT ON COLUMN event_log.event.recorded_at IS 'When we learned it; never decreases along a log.';

COMMENT ON COLUMN event_log.event.occurred_at IS 'When it happened, as the hospital tells; null if it does not.';

COMMENT ON COLUMN event_log.event.message_position IS 'The message that told it, by its position; null if none did. Of a message that was held back and read again later, the events stand behind those that it had at first.';

COMMENT ON COLUMN event_log.event.log IS 'The log.';

COMMENT ON COLUMN event_log.event.stream IS 'Whose event it is: encounter:<key>, patient:<key>, message, or quarantine:<position> for what became of the message held back there.';

COMMENT ON COLUMN event_log.event.type IS 'What happened, in the past tense, with its version: encounter.admitted.v1.';

COMMENT ON COLUMN event_log.event.leaf_hash IS 'Leaf of the Merkle tree: SHA-256(0x00 || data), data as documented in Sources/EventSourcing/LeafEncoding.swift.';

COMMENT ON COLUMN event_log.event.salt IS 'Sixteen random bytes; the leaf commits to SHA-256(salt || payload).';

COMMENT ON COLUMN event_log.event.payload IS 'Canonical JSON, kept byte for byte (jsonb would not keep what the leaf commits to).';

CREATE TABLE event_log.head (
    log text NOT NULL COLLATE pg_catalog."C",
    "position" bigint NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    range bytea NOT NULL,
    CONSTRAINT head_log_is_ods_code CHECK ((log ~ '^[A-Z0-9-]{1,12}$'::text)),
    CONSTRAINT head_position_not_negative CHECK (("position" >= 0)),
    CONSTRAINT head_range_length CHECK (((octet_length(range) % 32) = 0))
)
WITH (fillfactor='20');

ALTER TABLE event_log.head OWNER TO primary_conect_owner;

COMMENT ON TABLE event_log.head IS 'One row for each log: where it ends, and the right-hand edge of its Merkle tree. Its lock gives the order of the log.';

COMMENT ON COLUMN event_log.head.log IS 'ODS code of the organisation that tells the log.';

COMMENT ON COLUMN event_log.head."position" IS 'Position of the newest event, which is the number of leaves of the tree; 0 for none.';

COMMENT ON COLUMN event_log.head.recorded_at IS 'recorded_at of the newest event; the next is never before it.';

COMMENT ON COLUMN event_log.head.range IS 'Compact range of the tree (RFC 6962): the roots of its perfect subtrees, greatest first, 32 bytes for each bit set in position.';

CREATE TABLE event_log.message (
    "position" bigint NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    event_count integer NOT NULL,
    control_id_reused boolean NOT NULL,
    log text NOT NULL COLLATE pg_catalog."C",
    control_id text NOT NULL COLLATE pg_catalog."C",
    sender text NOT NULL COLLATE pg_catalog."C",
    digest bytea NOT NULL,
    salt bytea NOT NULL,
    trigger text NOT NULL,
    disposition text NOT NULL,
    answer text NOT NULL,
    reason text,
    received_from text NOT NULL,
    bytes bytea NOT NULL,
    CONSTRAINT message_disposition CHECK ((disposition = ANY (ARRAY['read'::text, 'kept'::text, 'quarantined'::text, 'refused'::text])))
);
ALTER TABLE ONLY event_log.message ALTER COLUMN bytes SET COMPRESSION lz4;

ALTER TABLE event_log.message OWNER TO primary_conect_owner;

COMMENT ON TABLE event_log.message IS 'Every message received, byte for byte, with what we answered and why.';

COMMENT ON COLUMN event_log.message."position" IS 'Position of the first event it tells.';

COMMENT ON COLUMN event_log.message.recorded_at IS 'When it was received.';

COMMENT ON COLUMN event_log.message.event_count IS 'How many events it tells, at positions one after the other.';

COMMENT ON COLUMN event_log.message.control_id_reused IS 'Whether this sender had used this control id for other bytes before.';

COMMENT ON COLUMN event_log.message.log IS 'The log it belongs to.';

COMMENT ON COLUMN event_log.message.control_id IS 'MSH-10 as sent, or empty; clipped like sender.';

COMMENT ON COLUMN event_log.message.sender IS 'MSH-3|MSH-4 as sent, at most 255 bytes; a longer one ends in ~ and a digest.';

COMMENT ON COLUMN event_log.message.digest IS 'SHA-256 of bytes. With log, sender and control_id it makes a message that comes again the same one.';

COMMENT ON COLUMN event_log.message.salt IS 'Sixteen random bytes; the leaf of each event commits to SHA-256(salt || bytes).';

COMMENT ON COLUMN event_log.message.trigger IS 'Message type and trigger event (MSH-9): ADT^A01.';

COMMENT ON COLUMN event_log.message.disposition IS 'read, kept (no effect), quarantined (held back: it waits while the stream quarantine:<position> is empty) or refused.';

COMMENT ON COLUMN event_log.message.answer IS 'Acknowledgement code answered (HL7 table 0008), or empty for none; the same message gets the same again.';

COMMENT ON COLUMN event_log.message.reason IS 'Coded reason of the disposition.';

COMMENT ON COLUMN event_log.message.received_from IS 'Address of the peer, or file.';

COMMENT ON COLUMN event_log.message.bytes IS 'The message as it came.';

CREATE TABLE practice.checkpoint (
    hospital text NOT NULL COLLATE pg_catalog."C",
    projection text NOT NULL COLLATE pg_catalog."C",
    "position" bigint NOT NULL,
    told_through timestamp with time zone,
    CONSTRAINT checkpoint_not_negative CHECK (("position" >= 0))
)
WITH (fillfactor='50');

ALTER TABLE practice.checkpoint OWNER TO primary_conect_owner;

COMMENT ON TABLE practice.checkpoint IS 'How far each log has been projected; moved only by compare-and-set (practice.advance).';

COMMENT ON COLUMN practice.checkpoint.hospital IS 'The log, named by the ODS code of its organisation.';

COMMENT ON COLUMN practice.checkpoint.projection IS 'Which projection: practice.';

COMMENT ON COLUMN practice.checkpoint."position" IS 'Position of the last event whose effect stands in the views; 0 is none.';

COMMENT ON COLUMN practice.checkpoint.told_through IS 'When that event was recorded.';

CREATE TABLE practice.checkpoint_shadow (
    hospital text NOT NULL COLLATE pg_catalog."C",
    projection text NOT NULL COLLATE pg_catalog."C",
    "position" bigint NOT NULL,
    told_through timestamp with time zone,
    CONSTRAINT checkpoint_not_negative CHECK (("position" >= 0))
)
WITH (fillfactor='50');

ALTER TABLE practice.checkpoint_shadow OWNER TO primary_conect_owner;

COMMENT ON TABLE practice.checkpoint_shadow IS 'Twin of practice.checkpoint, in which a rebuild is made.';

COMMENT ON COLUMN practice.checkpoint_shadow.hospital IS 'The log, named by the ODS code of its organisation.';

COMMENT ON COLUMN practice.checkpoint_shadow.projection IS 'Which projection: practice.';

COMMENT ON COLUMN practice.checkpoint_shadow."position" IS 'Position of the last event whose effect stands in the views; 0 is none.';

COMMENT ON COLUMN practice.checkpoint_shadow.told_through IS 'When that event was recorded.';

CREATE TABLE practice.encounter (
    practice text NOT NULL COLLATE pg_catalog."C",
    hospital text NOT NULL COLLATE pg_catalog."C",
    encounter_ref text NOT NULL COLLATE pg_catalog."C",
    version bigint NOT NULL,
    patient_ref text NOT NULL COLLATE pg_catalog."C",
    nhs_number text,
    local_number text,
    local_issuer text,
    family text,
    given text[] DEFAULT '{}'::text[] NOT NULL,
    prefix text,
    preferred text,
    born text,
    gender text,
    is_deceased boolean DEFAULT false NOT NULL,
    died_at timestamp with time zone,
    died_precision text,
    restricted boolean DEFAULT false NOT NULL,
    class text NOT NULL,
    status text NOT NULL,
    is_attendance boolean DEFAULT false NOT NULL,
    is_inferred boolean DEFAULT false NOT NULL,
    started_at timestamp with time zone NOT NULL,
    admitted_at timestamp with time zone,
    admitted_precision text,
    admitted_ambiguous boolean DEFAULT false NOT NULL,
    admitted_told_at timestamp with time zone,
    admission_method text,
    admission_source text,
    arrived_at timestamp with time zone,
    arrived_precision text,
    arrived_ambiguous boolean DEFAULT false NOT NULL,
    arrived_told_at timestamp with time zone,
    arrival_mode text,
    ended_at timestamp with time zone,
    discharged_at timestamp with time zone,
    discharged_precision text,
    discharged_ambiguous boolean DEFAULT false NOT NULL,
    discharged_told_at timestamp with time zone,
    discharge_method text,
    discharge_destination text,
    disposal text,
    site text,
    ward text,
    bay text,
    bed text,
    location_text text,
    expected_discharge text,
    specialty text,
    consultant text,
    consultant_name text,
    reason text,
    medically_fit boolean,
    ready_at timestamp with time zone,
    first_told_at timestamp with time zone NOT NULL,
    last_told_at timestamp with time zone NOT NULL,
    flags text[] DEFAULT '{}'::text[] NOT NULL,
    linked_ref text,
    shown_since timestamp with time zone NOT NULL,
    withdrawn_at timestamp with time zone,
    withdrawn_reason text
)
WITH (fillfactor='80');

ALTER TABLE ONLY practice.encounter FORCE ROW LEVEL SECURITY;

ALTER TABLE practice.encounter OWNER TO primary_conect_owner;

COMMENT ON TABLE practice.encounter IS 'One row for each stay and attendance, under the practice in force: all that a list shows. Read only within an access record (audit.open_access).';

COMMENT ON COLUMN practice.encounter.practice IS 'Registered practice in force by what this hospital says (ODS code); UNKNOWN if none.';

COMMENT ON COLUMN practice.encounter.hospital IS 'The log whose messages told it. Location: withheld for a restricted patient.';

COMMENT ON COLUMN practice.encounter.encounter_ref IS 'Opaque ref of the encounter for this practice; the same after each rebuild.';

COMMENT ON COLUMN practice.encounter.version IS 'Number of distinct facts told of the encounter.';

COMMENT ON COLUMN practice.encounter.patient_ref IS 'Opaque ref of the patient for this practice.';

COMMENT ON COLUMN practice.encounter.nhs_number IS 'NHS number, ten digits, if told and valid.';

COMMENT ON COLUMN practice.encounter.local_number IS 'The hospital''s own number of the patient.';

COMMENT ON COLUMN practice.encounter.local_issuer IS 'Issuer of the local number. Location: withheld for a restricted patient.';

COMMENT ON COLUMN practice.encounter.family IS 'Family name.';

COMMENT ON COLUMN practice.encounter.given IS 'Given names in order.';

COMMENT ON COLUMN practice.encounter.prefix IS 'Title.';

COMMENT ON COLUMN practice.encounter.preferred IS 'Preferred name.';

COMMENT ON COLUMN practice.encounter.born IS 'Date of birth as told: yyyy-mm-dd, yyyy-mm or yyyy.';

COMMENT ON COLUMN practice.encounter.gender IS 'Gender as told, in words of FHIR AdministrativeGender.';

COMMENT ON COLUMN practice.encounter.is_deceased IS 'Whether the death of the patient has been told and not taken back.';

COMMENT ON COLUMN practice.encounter.died_at IS 'When the patient died, if told.';

COMMENT ON COLUMN practice.encounter.died_precision IS 'How exactly that was told: a day begins at its London midnight.';

COMMENT ON COLUMN practice.encounter.restricted IS 'Sensitive or stop-noted (PV1-16 S or Y, ZU8-4): location and reason are withheld in every list.';

COMMENT ON COLUMN practice.encounter.class IS 'inpatient, daycase, emergency, outpatient, preadmit, other, or unknown.';

COMMENT ON COLUMN practice.encounter.status IS 'planned, arrived, in-progress, onleave, finished, cancelled, entered-in-error, or withdrawn: what is left of a row that has gone to another practice.';

COMMENT ON COLUMN practice.encounter.is_attendance IS 'Whether the person came to the emergency department, whether or not a bed followed.';

COMMENT ON COLUMN practice.encounter.is_inferred IS 'Known only from a message that told something else (a late joiner).';

COMMENT ON COLUMN practice.encounter.started_at IS 'Instant by which lists sort: admitted, else arrived, else first told.';

COMMENT ON COLUMN practice.encounter.admitted_at IS 'When the admission happened (PV1-44 or its fallbacks).';

COMMENT ON COLUMN practice.encounter.admitted_precision IS 'How exactly that was told: year, month, day, hour, minute, second, fraction.';

COMMENT ON COLUMN practice.encounter.admitted_ambiguous IS 'Whether the local time fell in the hour that happens twice, or in the one that does not.';

COMMENT ON COLUMN practice.encounter.admitted_told_at IS 'When the inpatient stay was first told to us.';

COMMENT ON COLUMN practice.encounter.admission_method IS 'NHS Data Dictionary admission method.';

COMMENT ON COLUMN practice.encounter.admission_source IS 'NHS Data Dictionary source of admission.';

COMMENT ON COLUMN practice.encounter.arrived_at IS 'When an attendance began.';

COMMENT ON COLUMN practice.encounter.arrived_precision IS 'How exactly that was told.';

COMMENT ON COLUMN practice.encounter.arrived_ambiguous IS 'As admitted_ambiguous.';

COMMENT ON COLUMN practice.encounter.arrived_told_at IS 'When the attendance was first told to us.';

COMMENT ON COLUMN practice.encounter.arrival_mode IS 'How the patient arrived (PV2-38).';

COMMENT ON COLUMN practice.encounter.ended_at IS 'Instant by which discharges sort: discharged, else discharge told; null while open.';

COMMENT ON COLUMN practice.encounter.discharged_at IS 'When the stay or attendance ended.';

COMMENT ON COLUMN practice.encounter.discharged_precision IS 'How exactly that was told.';

COMMENT ON COLUMN practice.encounter.discharged_ambiguous IS 'As admitted_ambiguous.';

COMMENT ON COLUMN practice.encounter.discharged_told_at IS 'When the discharge was first told to us.';

COMMENT ON COLUMN practice.encounter.discharge_method IS 'NHS Data Dictionary discharge method.';

COMMENT ON COLUMN practice.encounter.discharge_destination IS 'NHS Data Dictionary discharge destination.';

COMMENT ON COLUMN practice.encounter.disposal IS 'Outcome of an attendance: A&E attendance disposal.';

COMMENT ON COLUMN practice.encounter.site IS 'Site. Location: withheld for a restricted patient, as are ward, bay, bed and location_text.';

COMMENT ON COLUMN practice.encounter.ward IS 'Ward.';

COMMENT ON COLUMN practice.encounter.bay IS 'Bay or room.';

COMMENT ON COLUMN practice.encounter.bed IS 'Bed.';

COMMENT ON COLUMN practice.encounter.location_text IS 'Location in words.';

COMMENT ON COLUMN practice.encounter.expected_discharge IS 'Expected discharge as told (PV2-9).';

COMMENT ON COLUMN practice.encounter.specialty IS 'Treatment function code. Withheld for a restricted patient.';

COMMENT ON COLUMN practice.encounter.consultant IS 'Code of the consultant in charge. Withheld for a restricted patient, as is the name.';

COMMENT ON COLUMN practice.encounter.consultant_name IS 'Name of the consultant in charge.';

COMMENT ON COLUMN practice.encounter.reason IS 'Reason for admission or attendance. Withheld for a restricted patient.';

COMMENT ON COLUMN practice.encounter.medically_fit IS 'Whether the patient is fit to leave (ZU1-22).';

COMMENT ON COLUMN practice.encounter.ready_at IS 'When the patient was ready for discharge (ZU1-24).';

COMMENT ON COLUMN practice.encounter.first_told_at IS 'When we first heard of the encounter.';

COMMENT ON COLUMN practice.encounter.last_told_at IS 'When we last learned something of the encounter.';

COMMENT ON COLUMN practice.encounter.flags IS 'Codes of doubt about the data.';

COMMENT ON COLUMN practice.encounter.linked_ref IS 'Of a stay the attendance it came out of, of an attendance the inpatient stay it led to.';

COMMENT ON COLUMN practice.encounter.shown_since IS 'When the row came to stand under this practice.';

COMMENT ON COLUMN practice.encounter.withdrawn_at IS 'When we learned that the row is not this practice''s to see; null while it is.';

COMMENT ON COLUMN practice.encounter.withdrawn_reason IS 'wrong-patient, merged or registered-elsewhere.';

CREATE TABLE practice.encounter_shadow (
    practice text NOT NULL COLLATE pg_catalog."C",
    hospital text NOT NULL COLLATE pg_catalog."C",
    encounter_ref text NOT NULL COLLATE pg_catalog."C",
    version bigint NOT NULL,
    patient_ref text NOT NULL COLLATE pg_catalog."C",
    nhs_number text,
    local_number text,
    local_issuer text,
    family text,
    given text[] DEFAULT '{}'::text[] NOT NULL,
    prefix text,
    preferred text,
    born text,
    gender text,
    is_deceased boolean DEFAULT false NOT NULL,
    died_at timestamp with time zone,
    died_precision text,
    restricted boolean DEFAULT false NOT NULL,
    class text NOT NULL,
    status text NOT NULL,
    is_attendance boolean DEFAULT false NOT NULL,
    is_inferred boolean DEFAULT false NOT NULL,
    started_at timestamp with time zone NOT NULL,
    admitted_at timestamp with time zone,
    admitted_precision text,
    admitted_ambiguous boolean DEFAULT false NOT NULL,
    admitted_told_at timestamp with time zone,
    admission_method text,
    admission_source text,
    arrived_at timestamp with time zone,
    arrived_precision text,
    arrived_ambiguous boolean DEFAULT false NOT NULL,
    arrived_told_at timestamp with time zone,
    arrival_mode text,
    ended_at timestamp with time zone,
    discharged_at timestamp with time zone,
    discharged_precision text,
    discharged_ambiguous boolean DEFAULT false NOT NULL,
    discharged_told_at timestamp with time zone,
    discharge_method text,
    discharge_destination text,
    disposal text,
    site text,
    ward text,
    bay text,
    bed text,
    location_text text,
    expected_discharge text,
    specialty text,
    consultant text,
    consultant_name text,
    reason text,
    medically_fit boolean,
    ready_at timestamp with time zone,
    first_told_at timestamp with time zone NOT NULL,
    last_told_at timestamp with time zone NOT NULL,
    flags text[] DEFAULT '{}'::text[] NOT NULL,
    linked_ref text,
    shown_since timestamp with time zone NOT NULL,
    withdrawn_at timestamp with time zone,
    withdrawn_reason text
)
WITH (fillfactor='80');

ALTER TABLE ONLY practice.encounter_shadow FORCE ROW LEVEL SECURITY;

ALTER TABLE practice.encounter_shadow OWNER TO primary_conect_owner;

COMMENT ON TABLE practice.encounter_shadow IS 'Twin of practice.encounter, in which a rebuild is made.';

COMMENT ON COLUMN practice.encounter_shadow.practice IS 'Registered practice in force by what this hospital says (ODS code); UNKNOWN if none.';

COMMENT ON COLUMN practice.encounter_shadow.hospital IS 'The log whose messages told it. Location: withheld for a restricted patient.';

COMMENT ON COLUMN practice.encounter_shadow.encounter_ref IS 'Opaque ref of the encounter for this practice; the same after each rebuild.';

COMMENT ON COLUMN practice.encounter_shadow.version IS 'Number of distinct facts told of the encounter.';

COMMENT ON COLUMN practice.encounter_shadow.patient_ref IS 'Opaque ref of the patient for this practice.';

COMMENT ON COLUMN practice.encounter_shadow.nhs_number IS 'NHS number, ten digits, if told and valid.';

COMMENT ON COLUMN practice.encounter_shadow.local_number IS 'The hospital''s own number of the patient.';

COMMENT ON COLUMN practice.encounter_shadow.local_issuer IS 'Issuer of the local number. Location: withheld for a restricted patient.';

COMMENT ON COLUMN practice.encounter_shadow.family IS 'Family name.';

COMMENT ON COLUMN practice.encounter_shadow.given IS 'Given names in order.';

COMMENT ON COLUMN practice.encounter_shadow.prefix IS 'Title.';

COMMENT ON COLUMN practice.encounter_shadow.preferred IS 'Preferred name.';

COMMENT ON COLUMN practice.encounter_shadow.born IS 'Date of birth as told: yyyy-mm-dd, yyyy-mm or yyyy.';

COMMENT ON COLUMN practice.encounter_shadow.gender IS 'Gender as told, in words of FHIR AdministrativeGender.';

COMMENT ON COLUMN practice.encounter_shadow.is_deceased IS 'Whether the death of the patient has been told and not taken back.';

COMMENT ON COLUMN practice.encounter_shadow.died_at IS 'When the patient died, if told.';

COMMENT ON COLUMN practice.encounter_shadow.died_precision IS 'How exactly that was told: a day begins at its London midnight.';

COMMENT ON COLUMN practice.encounter_shadow.restricted IS 'Sensitive or stop-noted (PV1-16 S or Y, ZU8-4): location and reason are withheld in every list.';

COMMENT ON COLUMN practice.encounter_shadow.class IS 'inpatient, daycase, emergency, outpatient, preadmit, other, or unknown.';

COMMENT ON COLUMN practice.encounter_shadow.status IS 'planned, arrived, in-progress, onleave, finished, cancelled, entered-in-error, or withdrawn: what is left of a row that has gone to another practice.';

COMMENT ON COLUMN practice.encounter_shadow.is_attendance IS 'Whether the person came to the emergency department, whether or not a bed followed.';

COMMENT ON COLUMN practice.encounter_shadow.is_inferred IS 'Known only from a message that told something else (a late joiner).';

COMMENT ON COLUMN practice.encounter_shadow.started_at IS 'Instant by which lists sort: admitted, else arrived, else first told.';

COMMENT ON COLUMN practice.encounter_shadow.admitted_at IS 'When the admission happened (PV1-44 or its fallbacks).';

COMMENT ON COLUMN practice.encounter_shadow.admitted_precision IS 'How exactly that was told: year, month, day, hour, minute, second, fraction.';

COMMENT ON COLUMN practice.encounter_shadow.admitted_ambiguous IS 'Whether the local time fell in the hour that happens twice, or in the one that does not.';

COMMENT ON COLUMN practice.encounter_shadow.admitted_told_at IS 'When the inpatient stay was first told to us.';

COMMENT ON COLUMN practice.encounter_shadow.admission_method IS 'NHS Data Dictionary admission method.';

COMMENT ON COLUMN practice.encounter_shadow.admission_source IS 'NHS Data Dictionary source of admission.';

COMMENT ON COLUMN practice.encounter_shadow.arrived_at IS 'When an attendance began.';

COMMENT ON COLUMN practice.encounter_shadow.arrived_precision IS 'How exactly that was told.';

COMMENT ON COLUMN practice.encounter_shadow.arrived_ambiguous IS 'As admitted_ambiguous.';

COMMENT ON COLUMN practice.encounter_shadow.arrived_told_at IS 'When the attendance was first told to us.';

COMMENT ON COLUMN practice.encounter_shadow.arrival_mode IS 'How the patient arrived (PV2-38).';

COMMENT ON COLUMN practice.encounter_shadow.ended_at IS 'Instant by which discharges sort: discharged, else discharge told; null while open.';

COMMENT ON COLUMN practice.encounter_shadow.discharged_at IS 'When the stay or attendance ended.';

COMMENT ON COLUMN practice.encounter_shadow.discharged_precision IS 'How exactly that was told.';

COMMENT ON COLUMN practice.encounter_shadow.discharged_ambiguous IS 'As admitted_ambiguous.';

COMMENT ON COLUMN practice.encounter_shadow.discharged_told_at IS 'When the discharge was first told to us.';

COMMENT ON COLUMN practice.encounter_shadow.discharge_method IS 'NHS Data Dictionary discharge method.';

COMMENT ON COLUMN practice.encounter_shadow.discharge_destination IS 'NHS Data Dictionary discharge destination.';

COMMENT ON COLUMN practice.encounter_shadow.disposal IS 'Outcome of an attendance: A&E attendance disposal.';

COMMENT ON COLUMN practice.encounter_shadow.site IS 'Site. Location: withheld for a restricted patient, as are ward, bay, bed and location_text.';

COMMENT ON COLUMN practice.encounter_shadow.ward IS 'Ward.';

COMMENT ON COLUMN practice.encounter_shadow.bay IS 'Bay or room.';

COMMENT ON COLUMN practice.encounter_shadow.bed IS 'Bed.';

COMMENT ON COLUMN practice.encounter_shadow.location_text IS 'Location in words.';

COMMENT ON COLUMN practice.encounter_shadow.expected_discharge IS 'Expected discharge as told (PV2-9).';

COMMENT ON COLUMN practice.encounter_shadow.specialty IS 'Treatment function code. Withheld for a restricted patient.';

COMMENT ON COLUMN practice.encounter_shadow.consultant IS 'Code of the consultant in charge. Withheld for a restricted patient, as is the name.';

COMMENT ON COLUMN practice.encounter_shadow.consultant_name IS 'Name of the consultant in charge.';

COMMENT ON COLUMN practice.encounter_shadow.reason IS 'Reason for admission or attendance. Withheld for a restricted patient.';

COMMENT ON COLUMN practice.encounter_shadow.medically_fit IS 'Whether the patient is fit to leave (ZU1-22).';

COMMENT ON COLUMN practice.encounter_shadow.ready_at IS 'When the patient was ready for discharge (ZU1-24).';

COMMENT ON COLUMN practice.encounter_shadow.first_told_at IS 'When we first heard of the encounter.';

COMMENT ON COLUMN practice.encounter_shadow.last_told_at IS 'When we last learned something of the encounter.';

COMMENT ON COLUMN practice.encounter_shadow.flags IS 'Codes of doubt about the data.';

COMMENT ON COLUMN practice.encounter_shadow.linked_ref IS 'Of a stay the attendance it came out of, of an attendance the inpatient stay it led to.';

COMMENT ON COLUMN practice.encounter_shadow.shown_since IS 'When the row came to stand under this practice.';

COMMENT ON COLUMN practice.encounter_shadow.withdrawn_at IS 'When we learned that the row is not this practice''s to see; null while it is.';

COMMENT ON COLUMN practice.encounter_shadow.withdrawn_reason IS 'wrong-patient, merged or registered-elsewhere.';

CREATE TABLE practice.encounter_state (
    hospital text NOT NULL COLLATE pg_catalog."C",
    encounter text NOT NULL COLLATE pg_catalog."C",
    patient text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL,
    shown_since timestamp with time zone NOT NULL
)
WITH (fillfactor='80');
ALTER TABLE ONLY practice.encounter_state ALTER COLUMN state SET COMPRESSION lz4;

ALTER TABLE practice.encounter_state OWNER TO primary_conect_owner;

COMMENT ON TABLE practice.encounter_state IS 'What the projector knows of each encounter: its facts, from which its row follows.';

COMMENT ON COLUMN practice.encounter_state.hospital IS 'The log.';

COMMENT ON COLUMN practice.encounter_state.encounter IS 'Encounter key within the hospital: issuer|number.';

COMMENT ON COLUMN practice.encounter_state.patient IS 'Whose it is, issuer|value; empty if no message named anybody.';

COMMENT ON COLUMN practice.encounter_state.state IS 'The Encounter as canonical JSON.';

COMMENT ON COLUMN practice.encounter_state.shown_since IS 'When its row came to stand under the practice where it stands.';

CREATE TABLE practice.encounter_state_shadow (
    hospital text NOT NULL COLLATE pg_catalog."C",
    encounter text NOT NULL COLLATE pg_catalog."C",
    patient text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL,
    shown_since timestamp with time zone NOT NULL
)
WITH (fillfactor='80');
ALTER TABLE ONLY practice.encounter_state_shadow ALTER COLUMN state SET COMPRESSION lz4;

ALTER TABLE practice.encounter_state_shadow OWNER TO primary_conect_owner;

COMMENT ON TABLE practice.encounter_state_shadow IS 'Twin of practice.encounter_state, in which a rebuild is made.';

COMMENT ON COLUMN practice.encounter_state_shadow.hospital IS 'The log.';

COMMENT ON COLUMN practice.encounter_state_shadow.encounter IS 'Encounter key within the hospital: issuer|number.';

COMMENT ON COLUMN practice.encounter_state_shadow.patient IS 'Whose it is, issuer|value; empty if no message named anybody.';

COMMENT ON COLUMN practice.encounter_state_shadow.state IS 'The Encounter as canonical JSON.';

COMMENT ON COLUMN practice.encounter_state_shadow.shown_since IS 'When its row came to stand under the practice where it stands.';

CREATE TABLE practice.feed (
    hospital text NOT NULL COLLATE pg_catalog."C",
    feed text NOT NULL COLLATE pg_catalog."C",
    last_heard_at timestamp with time zone NOT NULL,
    "position" bigint NOT NULL,
    messages bigint NOT NULL
)
WITH (fillfactor='50');

ALTER TABLE ONLY practice.feed FORCE ROW LEVEL SECURITY;

ALTER TABLE practice.feed OWNER TO primary_conect_owner;

COMMENT ON TABLE practice.feed IS 'When each feed was last heard, as far as the views show it; from this an answer says fresh, quiet or silent.';

COMMENT ON COLUMN practice.feed.hospital IS 'The log.';

COMMENT ON COLUMN practice.feed.feed IS 'The feed within the log: adt.';

COMMENT ON COLUMN practice.feed.last_heard_at IS 'When the newest projected message was recorded.';

COMMENT ON COLUMN practice.feed."position" IS 'Position of the newest projected message.';

COMMENT ON COLUMN practice.feed.messages IS 'Messages of the feed projected so far.';

CREATE TABLE practice.feed_shadow (
    hospital text NOT NULL COLLATE pg_catalog."C",
    feed text NOT NULL COLLATE pg_catalog."C",
    last_heard_at timestamp with time zone NOT NULL,
    "position" bigint NOT NULL,
    messages bigint NOT NULL
)
WITH (fillfactor='50');

ALTER TABLE ONLY practice.feed_shadow FORCE ROW LEVEL SECURITY;

ALTER TABLE practice.feed_shadow OWNER TO primary_conect_owner;

COMMENT ON TABLE practice.feed_shadow IS 'Twin of practice.feed, in which a rebuild is made.';

COMMENT ON COLUMN practice.feed_shadow.hospital IS 'The log.';

COMMENT ON COLUMN practice.feed_shadow.feed IS 'The feed within the log: adt.';

COMMENT ON COLUMN practice.feed_shadow.last_heard_at IS 'When the newest projected message was recorded.';

COMMENT ON COLUMN practice.feed_shadow."position" IS 'Position of the newest projected message.';

COMMENT ON COLUMN practice.feed_shadow.messages IS 'Messages of the feed projected so far.';

CREATE TABLE practice.installation (
    singleton boolean DEFAULT true NOT NULL,
    ref_key bytea NOT NULL,
    made_at timestamp with time zone DEFAULT now() NOT NULL,
    successors text DEFAULT ''::text NOT NULL,
    CONSTRAINT installation_is_one CHECK (singleton),
    CONSTRAINT installation_key_length CHECK ((octet_length(ref_key) = 32))
);

ALTER TABLE practice.installation OWNER TO primary_conect_owner;

COMMENT ON TABLE practice.installation IS 'One row: the secret of this installation from which opaque refs are made.';

COMMENT ON COLUMN practice.installation.singleton IS 'Always true, so that there is one row.';

COMMENT ON COLUMN practice.installation.ref_key IS 'Key of HMAC-SHA256 over (kind, hospital, key, practice); whoever has it can guess refs. Only the projector reads it.';

COMMENT ON COLUMN practice.installation.made_at IS 'When the installation was made.';

COMMENT ON COLUMN practice.installation.successors IS 'Closed practices and who has their patients, as the live views are made with them: L99901=L99902 L99903=L99904. Only a rebuild changes it.';

CREATE TABLE practice.patient_state (
    hospital text NOT NULL COLLATE pg_catalog."C",
    patient text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL,
    nhs_number text COLLATE pg_catalog."C"
)
WITH (fillfactor='80');
ALTER TABLE ONLY practice.patient_state ALTER COLUMN state SET COMPRESSION lz4;

ALTER TABLE practice.patient_state OWNER TO primary_conect_owner;

COMMENT ON TABLE practice.patient_state IS 'What the projector knows of each patient of a hospital.';

COMMENT ON COLUMN practice.patient_state.hospital IS 'The log.';

COMMENT ON COLUMN practice.patient_state.patient IS 'Patient key within the hospital: issuer|value of the local identifier, else NHS|number.';

COMMENT ON COLUMN practice.patient_state.state IS 'The Patient as canonical JSON.';

COMMENT ON COLUMN practice.patient_state.nhs_number IS 'NHS number of this record, if told and valid: finds who bears the same.';

CREATE TABLE practice.patient_state_shadow (
    hospital text NOT NULL COLLATE pg_catalog."C",
    patient text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL,
    nhs_number text COLLATE pg_catalog."C"
)
WITH (fillfactor='80');
ALTER TABLE ONLY practice.patient_state_shadow ALTER COLUMN state SET COMPRESSION lz4;

ALTER TABLE practice.patient_state_shadow OWNER TO primary_conect_owner;

COMMENT ON TABLE practice.patient_state_shadow IS 'Twin of practice.patient_state, in which a rebuild is made.';

COMMENT ON COLUMN practice.patient_state_shadow.hospital IS 'The log.';

COMMENT ON COLUMN practice.patient_state_shadow.patient IS 'Patient key within the hospital: issuer|value of the local identifier, else NHS|number.';

COMMENT ON COLUMN practice.patient_state_shadow.state IS 'The Patient as canonical JSON.';

COMMENT ON COLUMN practice.patient_state_shadow.nhs_number IS 'NHS number of this record, if told and valid: finds who bears the same.';

CREATE TABLE practice.poison (
    hospital text NOT NULL COLLATE pg_catalog."C",
    "position" bigint NOT NULL,
    stream text NOT NULL,
    type text NOT NULL,
    reason text NOT NULL,
    recorded_at timestamp with time zone NOT NULL
);

ALTER TABLE practice.poison OWNER TO primary_conect_owner;

COMMENT ON TABLE practice.poison IS 'Events that could not be read by the projector: passed over, for an operator to look at. Mend the code, then rebuild.';

COMMENT ON COLUMN practice.poison.hospital IS 'The log.';

COMMENT ON COLUMN practice.poison."position" IS 'Position of the event in it.';

COMMENT ON COLUMN practice.poison.stream IS 'Stream of the event.';

COMMENT ON COLUMN practice.poison.type IS 'Type of the event.';

COMMENT ON COLUMN practice.poison.reason IS 'Code: what was wrong, and where; never what stood there.';

COMMENT ON COLUMN practice.poison.recorded_at IS 'When the event was recorded.';

CREATE TABLE practice.poison_shadow (
    hospital text NOT NULL COLLATE pg_catalog."C",
    "position" bigint NOT NULL,
    stream text NOT NULL,
    type text NOT NULL,
    reason text NOT NULL,
    recorded_at timestamp with time zone NOT NULL
)
WITH (fillfactor='100');

ALTER TABLE practice.poison_shadow OWNER TO primary_conect_owner;

COMMENT ON TABLE practice.poison_shadow IS 'Twin of practice.poison, in which a rebuild is made.';

COMMENT ON COLUMN practice.poison_shadow.hospital IS 'The log.';

COMMENT ON COLUMN practice.poison_shadow."position" IS 'Position of the event in it.';

COMMENT ON COLUMN practice.poison_shadow.stream IS 'Stream of the event.';

COMMENT ON COLUMN practice.poison_shadow.type IS 'Type of the event.';

COMMENT ON COLUMN practice.poison_shadow.reason IS 'Code: what was wrong, and where; never what stood there.';

COMMENT ON COLUMN practice.poison_shadow.recorded_at IS 'When the event was recorded.';

CREATE TABLE practice.rebuild (
    singleton boolean DEFAULT true NOT NULL,
    id uuid NOT NULL,
    begun_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT rebuild_is_one CHECK (singleton)
);

ALTER TABLE practice.rebuild OWNER TO primary_conect_owner;

COMMENT ON TABLE practice.rebuild IS 'At most one row: the rebuild to which the shadow tables belong just now.';

COMMENT ON COLUMN practice.rebuild.singleton IS 'Always true, so that there is at most one row.';

COMMENT ON COLUMN practice.rebuild.id IS 'The rebuild; one that was overtaken by a later one finds another id and stops.';

COMMENT ON COLUMN practice.rebuild.begun_at IS 'When it emptied the shadow tables.';

ALTER TABLE ONLY audit.access
    ADD CONSTRAINT access_pkey PRIMARY KEY (practice, id);

ALTER TABLE ONLY audit.shown
    ADD CONSTRAINT shown_pkey PRIMARY KEY (practice, access, part);

ALTER TABLE ONLY event_log.event
    ADD CONSTRAINT event_pkey PRIMARY KEY (log, "position");

ALTER TABLE ONLY event_log.head
    ADD CONSTRAINT head_pkey PRIMARY KEY (log);

ALTER TABLE ONLY event_log.message
    ADD CONSTRAINT message_key UNIQUE (log, control_id, sender, digest);

ALTER TABLE ONLY event_log.message
    ADD CONSTRAINT message_pkey PRIMARY KEY (log, "position");

ALTER TABLE ONLY practice.checkpoint
    ADD CONSTRAINT checkpoint_pkey PRIMARY KEY (hospital, projection);

ALTER TABLE ONLY practice.checkpoint_shadow
    ADD CONSTRAINT checkpoint_shadow_pkey PRIMARY KEY (hospital, projection);

ALTER TABLE ONLY practice.encounter
    ADD CONSTRAINT encounter_pkey PRIMARY KEY (practice, hospital, encounter_ref);

ALTER TABLE ONLY practice.encounter_shadow
    ADD CONSTRAINT encounter_shadow_pkey PRIMARY KEY (practice, hospital, encounter_ref);

ALTER TABLE ONLY practice.encounter_state
    ADD CONSTRAINT encounter_state_pkey PRIMARY KEY (hospital, encounter);

ALTER TABLE ONLY practice.encounter_state_shadow
    ADD CONSTRAINT encounter_state_shadow_pkey PRIMARY KEY (hospital, encounter);

ALTER TABLE ONLY practice.feed
    ADD CONSTRAINT feed_pkey PRIMARY KEY (hospital, feed);

ALTER TABLE ONLY practice.feed_shadow
    ADD CONSTRAINT feed_shadow_pkey PRIMARY KEY (hospital, feed);

ALTER TABLE ONLY practice.installation
    ADD CONSTRAINT installation_pkey PRIMARY KEY (singleton);

ALTER TABLE ONLY practice.patient_state
    ADD CONSTRAINT patient_state_pkey PRIMARY KEY (hospital, patient);

ALTER TABLE ONLY practice.patient_state_shadow
    ADD CONSTRAINT patient_state_shadow_pkey PRIMARY KEY (hospital, patient);

ALTER TABLE ONLY practice.poison
    ADD CONSTRAINT poison_pkey PRIMARY KEY (hospital, "position");

ALTER TABLE ONLY practice.poison_shadow
    ADD CONSTRAINT poison_shadow_pkey PRIMARY KEY (hospital, "position");

ALTER TABLE ONLY practice.rebuild
    ADD CONSTRAINT rebuild_pkey PRIMARY KEY (singleton);

CREATE INDEX access_at_idx ON audit.access USING btree (practice, at);

CREATE INDEX access_transaction_idx ON audit.access USING btree (transaction) WHERE (outcome = 'granted'::text);

CREATE INDEX event_identity_idx ON event_log.event USING btree (log, "position") WHERE (type = ANY (ARRAY['encounter.merged.v1'::text, 'encounter.renumbered.v1'::text, 'patient.merged.v1'::text, 'patient.moved.v1'::text, 'patient.renumbered.v1'::text, 'patient.unmerged.v1'::text]));

CREATE INDEX event_stream ON event_log.event USING btree (log, stream, "position");

CREATE INDEX message_waiting ON event_log.message USING btree (log, "position") WHERE (disposition = 'quarantined'::text);

CREATE INDEX encounter_admitted_idx ON practice.encounter USING btree (practice, admitted_told_at) WHERE ((class = 'inpatient'::text) AND (status = ANY (ARRAY['arrived'::text, 'in-progress'::text, 'onleave'::text, 'finished'::text])));

CREATE INDEX encounter_attended_idx ON practice.encounter USING btree (practice, GREATEST(arrived_told_at, discharged_told_at)) WHERE (is_attendance AND (status = ANY (ARRAY['arrived'::text, 'in-progress'::text, 'onleave'::text, 'finished'::text])));

CREATE INDEX encounter_corrected_idx ON practice.encounter USING btree (practice, COALESCE(withdrawn_at, last_told_at)) WHERE ((class <> 'preadmit'::text) AND (status = ANY (ARRAY['cancelled'::text, 'entered-in-error'::text, 'withdrawn'::text])));

CREATE INDEX encounter_discharged_idx ON practice.encounter USING btree (practice, discharged_told_at) WHERE ((class = 'inpatient'::text) AND (status = 'finished'::text));

CREATE INDEX encounter_open_idx ON practice.encounter USING btree (practice, started_at, encounter_ref) WHERE ((class = 'inpatient'::text) AND (status = ANY (ARRAY['arrived'::text, 'in-progress'::text, 'onleave'::text])));

CREATE INDEX encounter_patient_idx ON practice.encounter USING btree (practice, hospital, patient_ref);

CREATE INDEX encounter_shadow_admitted_idx ON practice.encounter_shadow USING btree (practice, admitted_told_at) WHERE ((class = 'inpatient'::text) AND (status = ANY (ARRAY['arrived'::text, 'in-progress'::text, 'onleave'::text, 'finished'::text])));

CREATE INDEX encounter_shadow_attended_idx ON practice.encounter_shadow USING btree (practice, GREATEST(arrived_told_at, discharged_told_at)) WHERE (is_attendance AND (status = ANY (ARRAY['arrived'::text, 'in-progress'::text, 'onleave'::text, 'finished'::text])));

CREATE INDEX encounter_shadow_corrected_idx ON practice.encounter_shadow USING btree (practice, COALESCE(withdrawn_at, last_told_at)) WHERE ((class <> 'preadmit'::text) AND (status = ANY (ARRAY['cancelled'::text, 'entered-in-error'::text, 'withdrawn'::text])));

CREATE INDEX encounter_shadow_discharged_idx ON practice.encounter_shadow USING btree (practice, discharged_told_at) WHERE ((class = 'inpatient'::text) AND (status = 'finished'::text));

CREATE INDEX encounter_shadow_open_idx ON practice.encounter_shadow USING btree (practice, started_at, encounter_ref) WHERE ((class = 'inpatient'::text) AND (status = ANY (ARRAY['arrived'::text, 'in-progress'::text, 'onleave'::text])));

CREATE INDEX encounter_shadow_patient_idx ON practice.encounter_shadow USING btree (practice, hospital, patient_ref);

CREATE INDEX encounter_state_patient_idx ON practice.encounter_state USING btree (hospital, patient);

CREATE INDEX encounter_state_shadow_patient_idx ON practice.encounter_state_shadow USING btree (hospital, patient);

CREATE INDEX patient_state_nhs_number_idx ON practice.patient_state USING btree (hospital, nhs_number) WHERE (nhs_number IS NOT NULL);

CREATE INDEX patient_state_shadow_nhs_number_idx ON practice.patient_state_shadow USING btree (hospital, nhs_number) WHERE (nhs_number IS NOT NULL);

CREATE TRIGGER access_refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON audit.access FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();

ALTER TABLE audit.access ENABLE ALWAYS TRIGGER access_refuse_change;

COMMENT ON TRIGGER access_refuse_change ON audit.access IS 'Append only.';

CREATE TRIGGER shown_refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON audit.shown FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();

ALTER TABLE audit.shown ENABLE ALWAYS TRIGGER shown_refuse_change;

COMMENT ON TRIGGER shown_refuse_change ON audit.shown IS 'Append only.';

CREATE TRIGGER event_refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON event_log.event FOR EACH STATEMENT EXECUTE FUNCTION event_log.refuse_change();

ALTER TABLE event_log.event ENABLE ALWAYS TRIGGER event_refuse_change;

COMMENT ON TRIGGER event_refuse_change ON event_log.event IS 'Append only.';

CREATE TRIGGER head_refuse_change BEFORE DELETE OR TRUNCATE ON event_log.head FOR EACH STATEMENT EXECUTE FUNCTION event_log.refuse_change();

ALTER TABLE event_log.head ENABLE ALWAYS TRIGGER head_refuse_change;

COMMENT ON TRIGGER head_refuse_change ON event_log.head IS 'A log cannot be forgotten.';

CREATE TRIGGER head_refuse_retreat BEFORE UPDATE ON event_log.head FOR EACH ROW WHEN (((new.log <> old.log) OR (new."position" <= old."position") OR (new.recorded_at < old.recorded_at))) EXECUTE FUNCTION event_log.refuse_change();

ALTER TABLE event_log.head ENABLE ALWAYS TRIGGER head_refuse_retreat;

COMMENT ON TRIGGER head_refuse_retreat ON event_log.head IS 'A log only grows.';

CREATE TRIGGER message_refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON event_log.message FOR EACH STATEMENT EXECUTE FUNCTION event_log.refuse_change();

ALTER TABLE event_log.message ENABLE ALWAYS TRIGGER message_refuse_change;

COMMENT ON TRIGGER message_refuse_change ON event_log.message IS 'Append only.';

ALTER TABLE ONLY audit.shown
    ADD CONSTRAINT shown_access_fkey FOREIGN KEY (practice, access) REFERENCES audit.access(practice, id);

ALTER TABLE practice.encounter ENABLE ROW LEVEL SECURITY;

CREATE POLICY encounter_audited ON practice.encounter FOR SELECT TO primary_conect_auditor USING (true);

COMMENT ON POLICY encounter_audited ON practice.encounter IS 'The auditor reads all.';

CREATE POLICY encounter_audited ON practice.encounter_shadow FOR SELECT TO primary_conect_auditor USING (true);

COMMENT ON POLICY encounter_audited ON practice.encounter_shadow IS 'The auditor reads all.';

CREATE POLICY encounter_projected ON practice.encounter TO primary_conect_projector USING (true) WITH CHECK (true);

COMMENT ON POLICY encounter_projected ON practice.encounter IS 'The projector writes for every practice.';

CREATE POLICY encounter_projected ON practice.encounter_shadow TO primary_conect_projector USING (true) WITH CHECK (true);

COMMENT ON POLICY encounter_projected ON practice.encounter_shadow IS 'The projector writes for every practice.';

ALTER TABLE practice.encounter_shadow ENABLE ROW LEVEL SECURITY;

CREATE POLICY encounter_within_access ON practice.encounter FOR SELECT TO primary_conect_service USING ((practice = ( SELECT audit.current_practice() AS current_practice)));

COMMENT ON POLICY encounter_within_access ON practice.encounter IS 'The access record is the scope.';

CREATE POLICY encounter_within_access ON practice.encounter_shadow FOR SELECT TO primary_conect_service USING ((practice = ( SELECT audit.current_practice() AS current_practice)));

COMMENT ON POLICY encounter_within_access ON practice.encounter_shadow IS 'The access record is the scope.';

ALTER TABLE practice.feed ENABLE ROW LEVEL SECURITY;

CREATE POLICY feed_projected ON practice.feed TO primary_conect_projector USING (true) WITH CHECK (true);

COMMENT ON POLICY feed_projected ON practice.feed IS 'The projector writes for every hospital.';

CREATE POLICY feed_projected ON practice.feed_shadow TO primary_conect_projector USING (true) WITH CHECK (true);

COMMENT ON POLICY feed_projected ON practice.feed_shadow IS 'The projector writes for every hospital.';

ALTER TABLE practice.feed_shadow ENABLE ROW LEVEL SECURITY;

CREATE POLICY feed_watched ON practice.feed FOR SELECT TO primary_conect_auditor, primary_conect_monitor USING (true);

COMMENT ON POLICY feed_watched ON practice.feed IS 'Auditor and monitor see how fresh each feed is.';

CREATE POLICY feed_watched ON practice.feed_shadow FOR SELECT TO primary_conect_auditor, primary_conect_monitor USING (true);

COMMENT ON POLICY feed_watched ON practice.feed_shadow IS 'Auditor and monitor see how fresh each feed is.';

CREATE POLICY feed_within_access ON practice.feed FOR SELECT TO primary_conect_service USING ((( SELECT audit.current_practice() AS current_practice) IS NOT NULL));

COMMENT ON POLICY feed_within_access ON practice.feed IS 'No record, no rows.';

CREATE POLICY feed_within_access ON practice.feed_shadow FOR SELECT TO primary_conect_service USING ((( SELECT audit.current_practice() AS current_practice) IS NOT NULL));

COMMENT ON POLICY feed_within_access ON practice.feed_shadow IS 'No record, no rows.';

GRANT USAGE ON SCHEMA audit TO primary_conect_auditor;
GRANT USAGE ON SCHEMA audit TO primary_conect_operator;
GRANT USAGE ON SCHEMA audit TO primary_conect_service;

GRANT USAGE ON SCHEMA event_log TO primary_conect_auditor;
GRANT USAGE ON SCHEMA event_log TO primary_conect_ingest;
GRANT USAGE ON SCHEMA event_log TO primary_conect_monitor;
GRANT USAGE ON SCHEMA event_log TO primary_conect_operator;
GRANT USAGE ON SCHEMA event_log TO primary_conect_projector;

GRANT USAGE ON SCHEMA practice TO primary_conect_auditor;
GRANT USAGE ON SCHEMA practice TO primary_conect_monitor;
GRANT USAGE ON SCHEMA practice TO primary_conect_projector;
GRANT USAGE ON SCHEMA practice TO primary_conect_service;

REVOKE ALL ON FUNCTION audit.current_practice() FROM PUBLIC;
GRANT ALL ON FUNCTION audit.current_practice() TO primary_conect_service;

REVOKE ALL ON FUNCTION audit.open_access(practice text, subject text, role text, client text, purpose text, route text, request_id text, OUT id uuid, OUT at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION audit.open_access(practice text, subject text, role text, client text, purpose text, route text, request_id text, OUT id uuid, OUT at timestamp with time zone) TO primary_conect_service;

REVOKE ALL ON FUNCTION audit.open_operator_access(subject text, purpose text, route text, request_id text) FROM PUBLIC;
GRANT ALL ON FUNCTION audit.open_operator_access(subject text, purpose text, route text, request_id text) TO primary_conect_operator;

REVOKE ALL ON FUNCTION audit.open_roster_access(practice text, subject text, purpose text, route text, request_id text) FROM PUBLIC;
GRANT ALL ON FUNCTION audit.open_roster_access(practice text, subject text, purpose text, route text, request_id text) TO primary_conect_operator;

REVOKE ALL ON FUNCTION audit.record_denial(practice text, subject text, role text, client text, purpose text, route text, request_id text, reason text) FROM PUBLIC;
GRANT ALL ON FUNCTION audit.record_denial(practice text, subject text, role text, client text, purpose text, route text, request_id text, reason text) TO primary_conect_service;

REVOKE ALL ON FUNCTION audit.record_shown(refs text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION audit.record_shown(refs text[]) TO primary_conect_service;

REVOKE ALL ON FUNCTION audit.refuse_change() FROM PUBLIC;

REVOKE ALL ON FUNCTION event_log.append(log_name text, expected bigint, now_recorded timestamp with time zone, new_range bytea, message_positions bigint[], event_counts integer[], reused boolean[], control_ids text[], senders text[], digests bytea[], message_salts bytea[], triggers text[], dispositions text[], answers text[], reasons text[], peers text[], messages bytea[], occurred timestamp with time zone[], tellers bigint[], streams text[], types text[], leaf_hashes bytea[], event_salts bytea[], payloads text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION event_log.append(log_name text, expected bigint, now_recorded timestamp with time zone, new_range bytea, message_positions bigint[], event_counts integer[], reused boolean[], control_ids text[], senders text[], digests bytea[], message_salts bytea[], triggers text[], dispositions text[], answers text[], reasons text[], peers text[], messages bytea[], occurred timestamp with time zone[], tellers bigint[], streams text[], types text[], leaf_hashes bytea[], event_salts bytea[], payloads text[]) TO primary_conect_ingest;

REVOKE ALL ON FUNCTION event_log.append_events(log_name text, expected bigint, now_recorded timestamp with time zone, new_range bytea, occurred timestamp with time zone[], tellers bigint[], streams text[], types text[], leaf_hashes bytea[], event_salts bytea[], payloads text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION event_log.append_events(log_name text, expected bigint, now_recorded timestamp with time zone, new_range bytea, occurred timestamp with time zone[], tellers bigint[], streams text[], types text[], leaf_hashes bytea[], event_salts bytea[], payloads text[]) TO primary_conect_operator;

REVOKE ALL ON FUNCTION event_log.append_registrations(log_name text, expected bigint, seen bigint, now_recorded timestamp with time zone, new_range bytea, occurred timestamp with time zone[], streams text[], types text[], leaf_hashes bytea[], event_salts bytea[], payloads text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION event_log.append_registrations(log_name text, expected bigint, seen bigint, now_recorded timestamp with time zone, new_range bytea, occurred timestamp with time zone[], streams text[], types text[], leaf_hashes bytea[], event_salts bytea[], payloads text[]) TO primary_conect_operator;

REVOKE ALL ON FUNCTION event_log.held_messages(of_log text, at_positions bigint[]) FROM PUBLIC;
GRANT ALL ON FUNCTION event_log.held_messages(of_log text, at_positions bigint[]) TO primary_conect_operator;

REVOKE ALL ON FUNCTION event_log.identity_events(of_log text) FROM PUBLIC;
GRANT ALL ON FUNCTION event_log.identity_events(of_log text) TO primary_conect_operator;

REVOKE ALL ON FUNCTION event_log.position_at(log_name text, moment timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION event_log.position_at(log_name text, moment timestamp with time zone) TO primary_conect_auditor;
GRANT ALL ON FUNCTION event_log.position_at(log_name text, moment timestamp with time zone) TO primary_conect_monitor;

REVOKE ALL ON FUNCTION event_log.refuse_change() FROM PUBLIC;

REVOKE ALL ON FUNCTION event_log.registrations(of_log text, after bigint, at_most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION event_log.registrations(of_log text, after bigint, at_most integer) TO primary_conect_operator;

REVOKE ALL ON FUNCTION event_log.waiting(of_log text, of_reason text) FROM PUBLIC;
GRANT ALL ON FUNCTION event_log.waiting(of_log text, of_reason text) TO primary_conect_operator;

REVOKE ALL ON FUNCTION event_log.waiting_counts() FROM PUBLIC;
GRANT ALL ON FUNCTION event_log.waiting_counts() TO primary_conect_monitor;

REVOKE ALL ON FUNCTION practice.advance(hospital text, projection text, expected bigint, reached bigint, told_through timestamp with time zone, successors text) FROM PUBLIC;
GRANT ALL ON FUNCTION practice.advance(hospital text, projection text, expected bigint, reached bigint, told_through timestamp with time zone, successors text) TO primary_conect_projector;

REVOKE ALL ON FUNCTION practice.begin_rebuild() FROM PUBLIC;
GRANT ALL ON FUNCTION practice.begin_rebuild() TO primary_conect_projector;

REVOKE ALL ON FUNCTION practice.hold_rebuild(id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION practice.hold_rebuild(id uuid) TO primary_conect_projector;

REVOKE ALL ON FUNCTION practice.swap_rebuild(id uuid, successors text) FROM PUBLIC;
GRANT ALL ON FUNCTION practice.swap_rebuild(id uuid, successors text) TO primary_conect_projector;

GRANT SELECT ON TABLE audit.access TO primary_conect_auditor;

GRANT SELECT ON TABLE audit.shown TO primary_conect_auditor;

GRANT SELECT ON TABLE event_log.event TO primary_conect_auditor;
GRANT SELECT ON TABLE event_log.event TO primary_conect_projector;

GRANT SELECT ON TABLE event_log.head TO primary_conect_auditor;
GRANT SELECT ON TABLE event_log.head TO primary_conect_monitor;
GRANT SELECT ON TABLE event_log.head TO primary_conect_projector;

GRANT SELECT ON TABLE event_log.message TO primary_conect_auditor;

GRANT SELECT("position") ON TABLE event_log.message TO primary_conect_monitor;

GRANT SELECT(recorded_at) ON TABLE event_log.message TO primary_conect_monitor;

GRANT SELECT(control_id_reused) ON TABLE event_log.message TO primary_conect_monitor;

GRANT SELECT(log) ON TABLE event_log.message TO primary_conect_monitor;

GRANT SELECT(trigger) ON TABLE event_log.message TO primary_conect_monitor;

GRANT SELECT(disposition) ON TABLE event_log.message TO primary_conect_monitor;

GRANT SELECT(answer) ON TABLE event_log.message TO primary_conect_monitor;

GRANT SELECT(reason) ON TABLE event_log.message TO primary_conect_monitor;

GRANT SELECT ON TABLE practice.checkpoint TO primary_conect_auditor;
GRANT SELECT ON TABLE practice.checkpoint TO primary_conect_monitor;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE practice.checkpoint TO primary_conect_projector;

GRANT SELECT ON TABLE practice.checkpoint_shadow TO primary_conect_auditor;
GRANT SELECT ON TABLE practice.checkpoint_shadow TO primary_conect_monitor;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE practice.checkpoint_shadow TO primary_conect_projector;

GRANT SELECT ON TABLE practice.encounter TO primary_conect_auditor;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE practice.encounter TO primary_conect_projector;
GRANT SELECT ON TABLE practice.encounter TO primary_conect_service;

GRANT SELECT ON TABLE practice.encounter_shadow TO primary_conect_auditor;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE practice.encounter_shadow TO primary_conect_projector;
GRANT SELECT ON TABLE practice.encounter_shadow TO primary_conect_service;

GRANT SELECT ON TABLE practice.encounter_state TO primary_conect_auditor;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE practice.encounter_state TO primary_conect_projector;

GRANT SELECT ON TABLE practice.encounter_state_shadow TO primary_conect_auditor;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE practice.encounter_state_shadow TO primary_conect_projector;

GRANT SELECT ON TABLE practice.feed TO primary_conect_auditor;
GRANT SELECT ON TABLE practice.feed TO primary_conect_monitor;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE practice.feed TO primary_conect_projector;
GRANT SELECT ON TABLE practice.feed TO primary_conect_service;

GRANT SELECT ON TABLE practice.feed_shadow TO primary_conect_auditor;
GRANT SELECT ON TABLE practice.feed_shadow TO primary_conect_monitor;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE practice.feed_shadow TO primary_conect_projector;
GRANT SELECT ON TABLE practice.feed_shadow TO primary_conect_service;

GRANT SELECT ON TABLE practice.installation TO primary_conect_projector;

GRANT SELECT ON TABLE practice.patient_state TO primary_conect_auditor;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE practice.patient_state TO primary_conect_projector;

GRANT SELECT ON TABLE practice.patient_state_shadow TO primary_conect_auditor;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE practice.patient_state_shadow TO primary_conect_projector;

GRANT SELECT ON TABLE practice.poison TO primary_conect_auditor;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE practice.poison TO primary_conect_projector;

GRANT SELECT(hospital) ON TABLE practice.poison TO primary_conect_monitor;

GRANT SELECT("position") ON TABLE practice.poison TO primary_conect_monitor;

GRANT SELECT(type) ON TABLE practice.poison TO primary_conect_monitor;

GRANT SELECT(reason) ON TABLE practice.poison TO primary_conect_monitor;

GRANT SELECT(recorded_at) ON TABLE practice.poison TO primary_conect_monitor;

GRANT SELECT ON TABLE practice.poison_shadow TO primary_conect_auditor;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE practice.poison_shadow TO primary_conect_projector;

GRANT SELECT(hospital) ON TABLE practice.poison_shadow TO primary_conect_monitor;

GRANT SELECT("position") ON TABLE practice.poison_shadow TO primary_conect_monitor;

GRANT SELECT(type) ON TABLE practice.poison_shadow TO primary_conect_monitor;

GRANT SELECT(reason) ON TABLE practice.poison_shadow TO primary_conect_monitor;

GRANT SELECT(recorded_at) ON TABLE practice.poison_shadow TO primary_conect_monitor;

GRANT SELECT ON TABLE practice.rebuild TO primary_conect_auditor;
