CREATE SCHEMA access;

ALTER SCHEMA access OWNER TO primary_conect_owner;

COMMENT ON SCHEMA access IS 'What clients have shown and must not show twice; forgets what has expired.';

CREATE SCHEMA audit;

ALTER SCHEMA audit OWNER TO primary_conect_owner;

COMMENT ON SCHEMA audit IS 'Who looked at what, for which practice, when and why; append only.';

CREATE SCHEMA event_log;

ALTER SCHEMA event_log OWNER TO primary_conect_owner;

COMMENT ON SCHEMA event_log IS 'What hospitals told us and when, in the order we learned it; append only.';

CREATE SCHEMA practice;

ALTER SCHEMA practice OWNER TO primary_conect_owner;

COMMENT ON SCHEMA practice IS 'Views for practices and the memory of the projector; all of it can be dropped and made again from event_log.';

CREATE FUNCTION access.use_assertion(client text, digest bytea, expires timestamp with time zone, at timestamp with time zone) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    -- A little of what has expired goes with each call, with room for clocks that differ.
    delete from access.assertion a
    where (a.client, a.digest) in (
        select old.client, old.digest from access.assertion old
        where old.expires < use_assertion.at - interval '10 minutes'
        order by old.expires limit 20 for update skip locked);
    insert into access.assertion (client, digest, expires)
    values (use_assertion.client, use_assertion.digest, use_assertion.expires)
    on conflict do nothing;
    return found;
end
$$;

ALTER FUNCTION access.use_assertion(client text, digest bytea, expires timestamp with time zone, at timestamp with time zone) OWNER TO primary_conect_owner;

COMMENT ON FUNCTION access.use_assertion(client text, digest bytea, expires timestamp with time zone, at timestamp with time zone) IS 'Uses a client assertion; false if it was used before.';

CREATE FUNCTION audit.break_glass_is_open(practice text, break_glass uuid, subject text, role text, client text) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select exists (
        select from audit.break_glass g
        where g.practice = break_glass_is_open.practice
          and g.id = break_glass_is_open.break_glass
          and g.subject = break_glass_is_open.subject
          and g.role = break_glass_is_open.role
          and g.client = break_glass_is_open.client
          and transaction_timestamp() < g.until)
$$;

ALTER FUNCTION audit.break_glass_is_open(practice text, break_glass uuid, subject text, role text, client text) OWNER TO primary_conect_owner;

COMMENT ON FUNCTION audit.break_glass_is_open(practice text, break_glass uuid, subject text, role text, client text) IS 'Whether this grant opens this practice to this very subject, role and client now.';

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

CREATE FUNCTION audit."current_role"() RETURNS text
    LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    return (select access.role
            from audit.access
            where access.transaction = pg_current_xact_id_if_assigned()
              and access.outcome = 'granted'
              and access.at = transaction_timestamp());
end
$$;

ALTER FUNCTION audit."current_role"() OWNER TO primary_conect_owner;

COMMENT ON FUNCTION audit."current_role"() IS 'The role of the access record that this very transaction has written; null if it has written none.';

CREATE FUNCTION audit.history_looks(of_refs text[], of_practices text[], most integer) RETURNS TABLE(practice text, at timestamp with time zone, subject text, role text, client text, purpose text, route text, request_id text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 100 PARALLEL RESTRICTED
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
begin
    if audit.current_role() is distinct from 'auditor' then
        raise exception 'no auditor''s access record in this transaction' using errcode = 'insufficient_privilege';
    end if;
    return query
        select a.practice, a.at, a.subject, a.role, a.client, a.purpose, a.route, a.request_id
        from audit.access a
        where a.practice = any (of_practices) and a.outcome = 'granted'
          and exists (select from audit.shown s where s.practice = a.practice and s.access = a.id and s.refs && of_refs)
        order by a.at, a.practice, a.id limit most;
end
$$;

ALTER FUNCTION audit.history_looks(of_refs text[], of_practices text[], most integer) OWNER TO primary_conect_owner;

COMMENT ON FUNCTION audit.history_looks(of_refs text[], of_practices text[], most integer) IS 'Who was shown one of these patients on behalf of one of these practices, when and why; only within an access record of the role auditor.';

CREATE FUNCTION audit.note_polls(practices text[], subjects text[], roles text[], clients text[], routes text[], counts bigint[], firsts timestamp with time zone[], lasts timestamp with time zone[]) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    insert into audit.poll (practice, id, subject, role, client, route, polls, first_at, last_at, login)
    select p.practice, gen_random_uuid(), p.subject, p.role, p.client, p.route, p.polls, p.first_at, p.last_at, session_user
    from unnest(practices, subjects, roles, clients, routes, counts, firsts, lasts)
        as p (practice, subject, role, client, route, polls, first_at, last_at)
$$;

ALTER FUNCTION audit.note_polls(practices text[], subjects text[], roles text[], clients text[], routes text[], counts bigint[], firsts timestamp with time zone[], lasts timestamp with time zone[]) OWNER TO primary_conect_owner;

COMMENT ON FUNCTION audit.note_polls(practices text[], subjects text[], roles text[], clients text[], routes text[], counts bigint[], firsts timestamp with time zone[], lasts timestamp with time zone[]) IS 'Notes polls that were answered "nothing new", one row for each element of the arrays; opens nothing.';

CREATE FUNCTION audit.open_access(practice text, subject text, role text, client text, purpose text, route text, request_id text, organisation text DEFAULT NULL::text, break_glass uuid DEFAULT NULL::uuid, OUT id uuid, OUT at timestamp with time zone) RETURNS record
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
    if break_glass is not null
        and not audit.break_glass_is_open(practice, break_glass, subject, role, client) then
        raise exception 'the grant does not open this practice' using errcode = 'insufficient_privilege';
    end if;
    id := gen_random_uuid();
    at := transaction_timestamp();
    insert into audit.access (practice, id, at, transaction, outcome, subject, role, client, purpose, route, request_id, login,
                              organisation, break_glass)
    values (open_access.practice, open_access.id, open_access.at, pg_current_xact_id(), 'granted', open_access.subject,
            open_access.role, open_access.client, open_access.purpose, open_access.route, open_access.request_id, session_user,
            open_access.organisation, open_access.break_glass);
end
$_$;

ALTER FUNCTION audit.open_access(practice text, subject text, role text, client text, purpose text, route text, request_id text, organisation text, break_glass uuid, OUT id uuid, OUT at timestamp with time zone) OWNER TO primary_conect_owner;

COMMENT ON FUNCTION audit.open_access(practice text, subject text, role text, client text, purpose text, route text, request_id text, organisation text, break_glass uuid, OUT id uuid, OUT at timestamp with time zone) IS 'Records who looks, for which practice and why, and thereby opens the rows of that practice to this transaction. Once in a transaction: a second call is refused, whatever practice it names. With a break-glass grant only while that is open to this very caller.';

CREATE FUNCTION audit.open_auditor_access(practice text, subject text, purpose text, route text, request_id text) RETURNS timestamp with time zone
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select opened.at
    from audit.open_access(practice, subject, 'auditor', 'command-line', purpose, route, request_id) opened
$$;

ALTER FUNCTION audit.open_auditor_access(practice text, subject text, purpose text, route text, request_id text) OWNER TO primary_conect_owner;

COMMENT ON FUNCTION audit.open_auditor_access(practice text, subject text, purpose text, route text, request_id text) IS 'Records that an auditor looks at the terminal, on behalf of which practice (or hospital) and why, and thereby opens to this transaction what the role auditor may be told.';

CREATE FUNCTION audit.open_break_glass(practice text, subject text, role text, client text, organisation text, reason text, minutes integer, request_id text, OUT id uuid, OUT until timestamp with time zone) RETURNS record
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
begin
    if practice is null or not (practice ~ '^[A-Z][0-9]{5}$' or (practice = 'UNKNOWN' and role = 'operator')) then
        raise exception 'not a practice that can be opened' using errcode = 'invalid_parameter_value';
    end if;
    id := gen_random_uuid();
    until := transaction_timestamp() + make_interval(mins => minutes);
    insert into audit.break_glass (practice, id, at, until, subject, role, client, organisation, reason, request_id, login)
    values (open_break_glass.practice, open_break_glass.id, transaction_timestamp(), open_break_glass.until,
            open_break_glass.subject, open_break_glass.role, open_break_glass.client, open_break_glass.organisation,
            open_break_glass.reason, open_break_glass.request_id, session_user);
end
$_$;

ALTER FUNCTION audit.open_break_glass(practice text, subject text, role text, client text, organisation text, reason text, minutes integer, request_id text, OUT id uuid, OUT until timestamp with time zone) OWNER TO primary_conect_owner;

COMMENT ON FUNCTION audit.open_break_glass(practice text, subject text, role text, client text, organisation text, reason text, minutes integer, request_id text, OUT id uuid, OUT until timestamp with time zone) IS 'Records who opens a practice that is not theirs, why and for how long; gives the grant that looks must name.';

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

CREATE FUNCTION audit.patient_refs(hospitals text[], patients text[]) RETURNS TABLE(practice text, ref text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    alphabet constant text := '0123456789abcdefghjkmnpqrstvwxyz';
    key       bytea;
    inner_pad bytea := ''::bytea;
    outer_pad bytea := ''::bytea;
    code      bytea;
    named     text[];
    of_practice text;
    subject   integer;
begin
    if audit.current_practice() is null then
        raise exception 'no access record in this transaction' using errcode = 'insufficient_privilege';
    end if;
    select i.ref_key into key from practice.installation i;
    -- HMAC (RFC 2104) by hand: the key is shorter than a block of 64 bytes, and zeros fill it up.
    for place in 0..63 loop
        subject := case when place < octet_length(key) then get_byte(key, place) else 0 end;
        inner_pad := inner_pad || decode(lpad(to_hex(subject # 54), 2, '0'), 'hex');
        outer_pad := outer_pad || decode(lpad(to_hex(subject # 92), 2, '0'), 'hex');
    end loop;
    -- Every practice that was ever told of somebody, or that somebody looked for: the latter by steps through the key.
    named := array(
        with recursive looked as (
            (select a.practice from audit.access a order by a.practice limit 1)
            union all
            select (select a.practice from audit.access a where a.practice > l.practice order by a.practice limit 1)
            from looked l where l.practice is not null
        )
        select l.practice from looked l where l.practice is not null
        union select c.practice from practice.counter c
        union select v.practice from practice.list_version v
        union select 'UNKNOWN');
    foreach of_practice in array named loop
        for place in 1..coalesce(array_length(patients, 1), 0) loop
            code := sha256(outer_pad || sha256(
                inner_pad || 'pt'::bytea || '\x00'::bytea || convert_to(hospitals[place], 'UTF8') || '\x00'::bytea
                || convert_to(of_practice, 'UTF8') || '\x00'::bytea || convert_to(patients[place], 'UTF8')));
            practice := of_practice;
            ref := 'pt_';
            for letter in 0..12 loop
                ref := ref || substr(
                    alphabet,
                    (((get_byte(code, letter * 5 / 8) << 8 | get_byte(code, letter * 5 / 8 + 1))
                      >> (11 - letter * 5 % 8)) & 31) + 1,
                    1);
            end loop;
            return next;
        end loop;
    end loop;
end
$$;

ALTER FUNCTION audit.patient_refs(hospitals text[], patients text[]) OWNER TO primary_conect_owner;

COMMENT ON FUNCTION audit.patient_refs(hospitals text[], patients text[]) IS 'The refs under which these patients (hospital and key, side by side) are or were shown at every practice; only within an access record.';

CREATE FUNCTION audit.record_denial(practice text, subject text, role text, client text, purpose text, route text, request_id text, reason text, organisation text DEFAULT NULL::text) RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
declare
    denied uuid := gen_random_uuid();
begin
    insert into audit.access (practice, id, at, transaction, outcome, denial, subject, role, client, purpose, route, request_id, login,
                              organisation)
    values (case when practice ~ '^[A-Z0-9-]{1,12}$' then practice else 'INVALID' end, denied, transaction_timestamp(),
            pg_current_xact_id(), 'denied', reason, subject, role, client, purpose, route, request_id, session_user, organisation);
    return denied;
end
$_$;

ALTER FUNCTION audit.record_denial(practice text, subject text, role text, client text, purpose text, route text, request_id text, reason text, organisation text) OWNER TO primary_conect_owner;

COMMENT ON FUNCTION audit.record_denial(practice text, subject text, role text, client text, purpose text, route text, request_id text, reason text, organisation text) IS 'Records a look that was refused; opens nothing.';

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

CREATE FUNCTION audit.review_break_glass(break_glass uuid, reviewer text, outcome text, note text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    grant_row audit.break_glass;
begin
    select g.* into grant_row from audit.break_glass g where g.id = review_break_glass.break_glass;
    if not found then
        return 'unknown';
    end if;
    if grant_row.subject = reviewer then
        return 'own';
    end if;
    insert into audit.break_glass_review (practice, break_glass, at, reviewer, outcome, note, login)
    values (grant_row.practice, grant_row.id, transaction_timestamp(), review_break_glass.reviewer,
            review_break_glass.outcome, review_break_glass.note, session_user)
    on conflict do nothing;
    return case when found then 'reviewed' else 'before' end;
end
$$;

ALTER FUNCTION audit.review_break_glass(break_glass uuid, reviewer text, outcome text, note text) OWNER TO primary_conect_owner;

COMMENT ON FUNCTION audit.review_break_glass(break_glass uuid, reviewer text, outcome text, note text) IS 'Records what the review of a broken glass came to: reviewed, before (it has been reviewed), own (nobody reviews their own) or unknown.';

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

CREATE FUNCTION event_log.append_acts(log_name text, expected bigint, seen bigint, of_stream text, command text, command_digest bytea, now_recorded timestamp with time zone, new_range bytea, occurred timestamp with time zone[], types text[], leaf_hashes bytea[], event_salts bytea[], payloads text[]) RETURNS TABLE(outcome text, "position" bigint, recorded_at timestamp with time zone, range bytea, digest bytea)
    LANGUAGE plpgsql SECURITY DEFINER ROWS 1
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_seqscan TO 'off'
    AS $_$
#variable_conflict use_column
declare
    uuid  constant text := '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}';
    head  record;
    known record;
begin
    -- The access record is the scope of what is written, too: nobody acts for another organisation.
    if audit.current_practice() is distinct from log_name then
        raise exception 'no access record of this log in this transaction' using errcode = 'insufficient_privilege';
    end if;
    -- Which acts stand in whose log, and in which streams. A practice's code has one letter and five digits.
    if exists (
        select from unnest(types) as e (type)
        where (case when log_name ~ '^[A-Z][0-9]{5}$' then
            e.type in ('concern.raised.v1', 'concern.closed.v1')
                and of_stream ~ ('^concern:' || uuid || '$')
            or e.type in ('action.added.v1', 'action.assigned.v1', 'action.completed.v1', 'action.reopened.v1')
                and of_stream ~ ('^action:' || uuid || '$')
            or e.type in ('huddle.discussed.v1', 'huddle.discussion-undone.v1', 'huddle.closed.v1')
                and of_stream ~ '^huddle:[0-9]{4}-[0-9]{2}-[0-9]{2}$'
            or e.type in ('symphony.scored.v1', 'symphony.score-removed.v1')
                and of_stream like 'symphony:%'
        else
            e.type ~ '^onboarding\.[a-z-]{1,40}\.v[1-9]$' and of_stream like 'onboarding:%'
        end) is not true
    ) then
        raise exception 'not an act of this log' using errcode = 'insufficient_privilege';
    end if;

    -- The order of the log: from here to the commit nobody else appends to it, so that within one transaction a second
    -- call finds what the first one was told. A hospital's log is begun by its messages.
    select h.position, h.recorded_at, h.range into head from event_log.head h where h.log = log_name for update;
    if not found then
        if log_name !~ '^[A-Z][0-9]{5}$' then
            raise exception 'no such log' using errcode = 'no_data_found';
        end if;
        insert into event_log.head (log, position, recorded_at, range) values (log_name, 0, '-infinity', '')
        on conflict do nothing;
        select h.position, h.recorded_at, h.range into head from event_log.head h where h.log = log_name for update;
    end if;

    select c.position, c.recorded_at, c.digest into known
    from event_log.command c where c.log = log_name and c.command_id = command;
    if found then
        return query select 'known', known.position, known.recorded_at, head.range, known.digest;
        return;
    end if;
    if head.position <> expected or head.recorded_at > now_recorded then
        return query select 'head-moved', head.position, head.recorded_at, head.range, null::bytea;
        return;
    end if;
    if exists (select from event_log.event e where e.log = log_name and e.stream = of_stream and e.position > seen and e.salt <> '') then
        return query select 'moved', head.position, head.recorded_at, head.range, null::bytea;
        return;
    end if;

    if command is not null then
        insert into event_log.command (log, command_id, digest, position, recorded_at)
        values (log_name, command, command_digest, expected + cardinality(types), now_recorded);
    end if;
    if cardinality(types) > 0 then
        with happened as (
            insert into event_log.event (
                log, recorded_at, position, occurred_at, message_position, stream, type, leaf_hash, salt, payload)
            select log_name, now_recorded, generate_series(expected + 1, expected + cardinality(types)),
                   unnest(occurred), null::bigint, of_stream, unnest(types), unnest(leaf_hashes), unnest(event_salts),
                   unnest(payloads)
        )
        update event_log.head h
        set position = expected + cardinality(types), recorded_at = now_recorded, range = new_range
        where h.log = log_name;
        perform pg_notify('event_log', log_name);
    end if;
    return query select 'appended', expected + cardinality(types), now_recorded, new_range, null::bytea;
end
$_$;

ALTER FUNCTION event_log.append_acts(log_name text, expected bigint, seen bigint, of_stream text, command text, command_digest bytea, now_recorded timestamp with time zone, new_range bytea, occurred timestamp with time zone[], types text[], leaf_hashes bytea[], event_salts bytea[], payloads text[]) OWNER TO primary_conect_owner;

COMMENT ON FUNCTION event_log.append_acts(log_name text, expected bigint, seen bigint, of_stream text, command text, command_digest bytea, now_recorded timestamp with time zone, new_range bytea, occurred timestamp with time zone[], types text[], leaf_hashes bytea[], event_salts bytea[], payloads text[]) IS 'The way of staff into the log: what one command comes to in one stream, behind position "expected", for which the caller has computed leaves and range; only within an access record of that very log. Answers "known" with position and digest if the log has carried out a command of this identifier, "head-moved" with the head if the log ends elsewhere, "moved" if the stream goes on behind "seen": then nothing was written. Else "appended" with the new head. Either way the head stays locked to the end of the transaction.';

CREATE FUNCTION event_log.append_checkpoint(log_name text, new_size bigint, new_root bytea, new_range bytea, signed_note text, new_signed_at timestamp with time zone, first_subtree bigint, subtrees bytea[]) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_seqscan TO 'off'
    AS $$
declare
    head_position bigint;
    newest        bigint;
begin
    -- Of two that sign at once, one comes first.
    perform pg_advisory_xact_lock(hashtextextended('event_log.checkpoint ' || log_name, 0));
    select h.position into head_position from event_log.head h where h.log = log_name;
    select coalesce(max(c.size), 0) into newest from event_log.checkpoint c where c.log = log_name;
    if new_size > coalesce(head_position, 0) then
        raise exception 'a checkpoint beyond the log' using errcode = 'insufficient_privilege';
    end if;
    if new_size <= newest then return false; end if;
    if first_subtree <> newest / 1024 or first_subtree + cardinality(subtrees) <> new_size / 1024 then
        raise exception 'not the subtrees between two checkpoints' using errcode = 'insufficient_privilege';
    end if;
    insert into event_log.subtree (log, number, hash)
    select log_name, first_subtree + s.place - 1, s.hash from unnest(subtrees) with ordinality as s (hash, place);
    insert into event_log.checkpoint (log, size, root, range, note, signed_at)
    values (log_name, new_size, new_root, new_range, signed_note, new_signed_at);
    return true;
end
$$;

ALTER FUNCTION event_log.append_checkpoint(log_name text, new_size bigint, new_root bytea, new_range bytea, signed_note text, new_signed_at timestamp with time zone, first_subtree bigint, subtrees bytea[]) OWNER TO primary_conect_owner;

COMMENT ON FUNCTION event_log.append_checkpoint(log_name text, new_size bigint, new_root bytea, new_range bytea, signed_note text, new_signed_at timestamp with time zone, first_subtree bigint, subtrees bytea[]) IS 'Keeps a signed checkpoint and the roots of the subtrees of 1,024 leaves that are full since the one before. False, and nothing is written, if there is one of this size or a greater one.';

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
        where (select case when m.salt = '' then 'redacted' else m.disposition end
               from event_log.message m where m.log = log_name and m.position = s.at)
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

CREATE FUNCTION event_log.append_feed_event(log_name text, expected bigint, now_recorded timestamp with time zone, new_range bytea, occurred timestamp with time zone, stream_name text, type_name text, leaf bytea, event_salt bytea, event_payload text) RETURNS TABLE(outcome text, "position" bigint, recorded_at timestamp with time zone, range bytea)
    LANGUAGE plpgsql SECURITY DEFINER ROWS 1
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_seqscan TO 'off'
    AS $_$
#variable_conflict use_column
declare
    head record;
    last_type text;
begin
    -- The order of the log: from here to the commit nobody else appends to it, so of two watches one finds it told.
    select h.position, h.recorded_at, h.range into head from event_log.head h where h.log = log_name for update;
    if not found then
        raise exception 'no such log' using errcode = 'no_data_found';
    end if;
    if head.position <> expected or head.recorded_at > now_recorded then
        return query select 'moved', head.position, head.recorded_at, head.range;
        return;
    end if;
    -- A practice's log has no feed, and what is told of one takes turns: fell silent, heard again.
    if log_name ~ '^[A-Z][0-9]{5}$' or stream_name !~ '^feed:[a-z]{1,20}$'
       or type_name not in ('feed.fell-silent.v1', 'feed.recovered.v1') then
        raise exception 'not an event of a feed' using errcode = 'insufficient_privilege';
    end if;
    select e.type into last_type from event_log.event e
    where e.log = log_name and e.stream = stream_name order by e.position desc limit 1;
    if (type_name = 'feed.fell-silent.v1') = (coalesce(last_type, 'feed.recovered.v1') = 'feed.fell-silent.v1') then
        return query select 'settled', head.position, head.recorded_at, head.range;
        return;
    end if;

    insert into event_log.event (
        log, recorded_at, position, occurred_at, message_position, stream, type, leaf_hash, salt, payload)
    values (log_name, now_recorded, expected + 1, occurred, null, stream_name, type_name, leaf, event_salt, event_payload);
    update event_log.head h set position = expected + 1, recorded_at = now_recorded, range = new_range
    where h.log = log_name;

    perform pg_notify('event_log', log_name);
    return query select 'appended', expected + 1, now_recorded, new_range;
end
$_$;

ALTER FUNCTION event_log.append_feed_event(log_name text, expected bigint, now_recorded timestamp with time zone, new_range bytea, occurred timestamp with time zone, stream_name text, type_name text, leaf bytea, event_salt bytea, event_payload text) OWNER TO primary_conect_owner;

COMMENT ON FUNCTION event_log.append_feed_event(log_name text, expected bigint, now_recorded timestamp with time zone, new_range bytea, occurred timestamp with time zone, stream_name text, type_name text, leaf bytea, event_salt bytea, event_payload text) IS 'The watch''s way into a hospital''s log: that its feed fell silent, or was heard again, behind position "expected"; takes nothing else. Answers "moved" with the head if the log ends elsewhere, "settled" if just that was told last: then nothing was written. Else "appended" with the new head. Either way the head stays locked to the end of the transaction.';

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
        where e.log = log_name and e.position > seen and e.salt <> ''
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

CREATE FUNCTION event_log.checkpoint_standing(leaves_max integer) RETURNS TABLE(log text, "position" bigint, range bytea, size bigint, signed_range bytea, note text, signed_at timestamp with time zone, unsigned_since timestamp with time zone, leaves bytea)
    LANGUAGE sql STABLE SECURITY DEFINER ROWS 100 PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_seqscan TO 'off'
    AS $$
    select h.log, h.position, h.range, coalesce(c.size, 0), coalesce(c.range, ''), c.note, c.signed_at,
           (select e.recorded_at from event_log.event e where e.log = h.log and e.position = coalesce(c.size, 0) + 1),
           case when h.position - c.size between 0 and leaves_max then
               (select coalesce(string_agg(e.leaf_hash, ''::bytea order by e.position), ''::bytea)
                from event_log.event e where e.log = h.log and e.position > c.size and e.position <= h.position)
           end
    from event_log.head h
    left join lateral (
        select k.size, k.range, k.note, k.signed_at from event_log.checkpoint k
        where k.log = h.log order by k.size desc limit 1) c on true
    where h.position > 0
    order by h.log
$$;

ALTER FUNCTION event_log.checkpoint_standing(leaves_max integer) OWNER TO primary_conect_owner;

COMMENT ON FUNCTION event_log.checkpoint_standing(leaves_max integer) IS 'Each log''s head beside its newest signed checkpoint, since when events are not signed for, and the leaves between the two if they are not too many: enough to tell whether the log is what was signed of it. No patient data.';

CREATE FUNCTION event_log.checkpoints() RETURNS TABLE(log text, size bigint, root bytea, note text, signed_at timestamp with time zone)
    LANGUAGE sql STABLE SECURITY DEFINER ROWS 100 PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select h.log, c.size, c.root, c.note, c.signed_at
    from event_log.head h, lateral (
        select k.size, k.root, k.note, k.signed_at from event_log.checkpoint k
        where k.log = h.log order by k.size desc limit 1) c
    order by h.log
$$;

ALTER FUNCTION event_log.checkpoints() OWNER TO primary_conect_owner;

COMMENT ON FUNCTION event_log.checkpoints() IS 'The newest signed checkpoint of each log that has one; no patient data.';

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
        join event_log.message m on m.log = of_log and m.position = asked.at and m.disposition = 'quarantined' and m.salt <> ''
        join event_log.event e on e.log = m.log and e.position = m.position
        left join lateral (
            select x.type, x.position from event_log.event x
            where x.log = m.log and x.stream = 'quarantine:' || m.position order by x.position limit 1) s on true
        order by m.position;
end
$$;

ALTER FUNCTION event_log.held_messages(of_log text, at_positions bigint[]) OWNER TO primary_conect_owner;

COMMENT ON FUNCTION event_log.held_messages(of_log text, at_positions bigint[]) IS 'Messages that were held back, byte for byte, and what became of each; only within an operator''s access record (audit.open_operator_access). Positions of other messages are passed over.';

CREATE FUNCTION event_log.history_acts(of_streams text[], through timestamp with time zone, most integer) RETURNS TABLE("position" bigint, stream text, type text, payload text, occurred_at timestamp with time zone, recorded_at timestamp with time zone, message_position bigint)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 20 PARALLEL RESTRICTED
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_seqscan TO 'off'
    AS $$
#variable_conflict use_column
declare
    asking constant text := audit.current_practice();
begin
    if asking is null then
        raise exception 'no access record in this transaction' using errcode = 'insufficient_privilege';
    end if;
    if exists (select from unnest(of_streams) s where s !~ '^(concern|action|huddle|symphony|registration):') then
        raise exception 'not a stream of acts' using errcode = 'insufficient_privilege';
    end if;
    return query
        select e.position, e.stream, e.type, e.payload, e.occurred_at, e.recorded_at, e.message_position
        from event_log.event e
        where e.log = asking and e.stream = any (of_streams) and (through is null or e.recorded_at <= through)
        order by e.position limit most;
end
$$;

ALTER FUNCTION event_log.history_acts(of_streams text[], through timestamp with time zone, most integer) OWNER TO primary_conect_owner;

COMMENT ON FUNCTION event_log.history_acts(of_streams text[], through timestamp with time zone, most integer) IS 'The events of some streams of acts, or of a practice''s list, in the log of the practice of this transaction''s access record; in order, at most so many.';

CREATE FUNCTION event_log.history_events(of_ref text, of_log text, of_stream text, most integer) RETURNS TABLE(log text, "position" bigint, stream text, type text, payload text, occurred_at timestamp with time zone, recorded_at timestamp with time zone, message_position bigint, sender text, control_id text, trigger text, received_from text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 100 PARALLEL RESTRICTED
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_seqscan TO 'off'
    AS $$
#variable_conflict use_column
declare
    asking   constant text := audit.current_practice();
    sees_all constant boolean := coalesce(audit.current_role() = 'auditor', false);
    part     record;
    streams  text[];
    patients text[];
    numbers  text[];
    same     text[];
    places   text[];
begin
    if asking is null then
        raise exception 'no access record in this transaction' using errcode = 'insufficient_privilege';
    end if;
    if of_stream is not null and not sees_all then
        raise exception 'a stream is read by the auditor alone' using errcode = 'insufficient_privilege';
    end if;
    if of_stream is not null and of_stream !~ '^(encounter|patient):' then
        raise exception 'not a stream of a patient' using errcode = 'insufficient_privilege';
    end if;
    -- A patient's history is that of the person at each hospital that tells the same NHS number; at one hospital two records
    -- are one person's only where it says so.
    select coalesce(array_agg(distinct e.nhs_number) filter (where e.nhs_number is not null), '{}'),
           coalesce(array_agg(distinct e.hospital), '{}')
    into same, places
    from practice.encounter e
    where of_stream is null and e.practice = asking and e.patient_ref = of_ref and e.withdrawn_at is null;
    for part in
        select r.hospital, r.until, array_agg(distinct r.stream) as streams
        from (
            select e.hospital, case when sees_all then null else e.withdrawn_at end as until, s.stream
            from practice.encounter e
            cross join lateral (values ('encounter:' || e.encounter_key), ('patient:' || nullif(e.patient_key, ''))) s (stream)
            where of_stream is null and e.practice = asking
              and (of_ref in (e.encounter_ref, e.patient_ref)
                   or e.withdrawn_at is null and e.nhs_number = any (same) and e.hospital <> all (places))
              and s.stream is not null
              and (sees_all or e.withdrawn_at is null or e.withdrawn_reason = 'registered-elsewhere')
            union all
            select of_log, null, of_stream where of_stream is not null
        ) r
        group by r.hospital, r.until
        order by r.hospital, r.until nulls first
    loop
        streams := event_log.tied_streams(part.hospital, part.streams, sees_all);
        patients := array(select substr(s, 9) from unnest(streams) s where s like 'patient:%');
        if sees_all and of_stream like 'encounter:%' then
            patients := patients || array(
                select e.patient from practice.encounter_state e
                where e.hospital = part.hospital and 'encounter:' || e.encounter = any (streams) and e.patient <> '');
        end if;
        numbers := array(
            select distinct p.nhs_number from practice.patient_state p
            where p.hospital = part.hospital and p.patient = any (patients) and p.nhs_number is not null);
        -- A record known by NHS number alone is the person's whose own number bears it, if only one person's does.
        patients := patients || array(
            select p.patient from practice.patient_state p
            where p.hospital = part.hospital and p.nhs_number = any (numbers) and p.patient like 'NHS|%'
              and (sees_all or not exists (
                  select from practice.patient_state o
                  where o.hospital = p.hospital and o.nhs_number = p.nhs_number and o.patient not like 'NHS|%'
                    and o.patient <> all (patients))));
        if sees_all and (of_stream like 'patient:%' or of_ref like 'pt\_%') then
            streams := event_log.tied_streams(part.hospital, streams || array(
                select 'encounter:' || e.encounter from practice.encounter_state e
                where e.hospital = part.hospital and (e.patient = any (patients) or e.formerly && patients)), true);
        end if;
        streams := streams || array(select 'patient:' || p from unnest(patients) p);
        if sees_all then
            streams := streams || array(select 'onboarding:' || p from unnest(patients) p);
        end if;
        return query
            select e.log, e.position, e.stream, e.type, e.payload, e.occurred_at, e.recorded_at, e.message_position,
                   m.sender, m.control_id, m.trigger, m.received_from
            from event_log.event e
            left join event_log.message m on m.log = e.log and m.position = e.message_position
            where e.log = part.hospital and e.stream = any (streams)
              and (part.until is null or e.recorded_at < part.until)
            order by e.position limit most;
    end loop;
end
$$;

ALTER FUNCTION event_log.history_events(of_ref text, of_log text, of_stream text, most integer) OWNER TO primary_conect_owner;

COMMENT ON FUNCTION event_log.history_events(of_ref text, of_log text, of_stream text, most integer) IS 'The events of hospitals that concern a patient or an encounter by its ref at the practice of this transaction''s access record: what is told of the rows that the practice has, and of those whose patients moved on until they did. To the role auditor also what was withheld, withdrawn, or told under numbers that were joined once; and any stream by its log. Within each hospital in order, at most so many.';

CREATE FUNCTION event_log.history_messages(of_log text, at_positions bigint[]) RETURNS TABLE("position" bigint, bytes bytea)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 100 PARALLEL RESTRICTED
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_seqscan TO 'off'
    AS $$
#variable_conflict use_column
begin
    if audit.current_role() is distinct from 'auditor' then
        raise exception 'no auditor''s access record in this transaction' using errcode = 'insufficient_privilege';
    end if;
    return query
        select m.position, m.bytes from event_log.message m
        where m.log = of_log and m.position = any (at_positions) and m.bytes is not null
        order by m.position;
end
$$;

ALTER FUNCTION event_log.history_messages(of_log text, at_positions bigint[]) OWNER TO primary_conect_owner;

COMMENT ON FUNCTION event_log.history_messages(of_log text, at_positions bigint[]) IS 'Messages byte for byte, by the positions of their first events; only within an access record of the role auditor.';

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
          and e.salt <> '' and e.type in ('patient.merged.v1', 'patient.moved.v1', 'patient.renumbered.v1', 'patient.unmerged.v1')
        order by e.position;
end
$$;

ALTER FUNCTION event_log.identity_events(of_log text) OWNER TO primary_conect_owner;

COMMENT ON FUNCTION event_log.identity_events(of_log text) IS 'The events of a log that join local identifiers or part them again; only within an operator''s access record (audit.open_operator_access).';

CREATE FUNCTION event_log.leaf_hashes(of_log text, first_position bigint, last_position bigint) RETURNS bytea
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_seqscan TO 'off'
    AS $$
    -- As many as one subtree has at the most.
    select coalesce(string_agg(e.leaf_hash, ''::bytea order by e.position), ''::bytea)
    from event_log.event e
    where e.log = of_log and e.position between first_position and least(last_position, first_position + 1023)
$$;

ALTER FUNCTION event_log.leaf_hashes(of_log text, first_position bigint, last_position bigint) OWNER TO primary_conect_owner;

COMMENT ON FUNCTION event_log.leaf_hashes(of_log text, first_position bigint, last_position bigint) IS 'The leaves of a log''s tree from one position to another, at most 1,024, one after the other: for proofs. They tell nothing of what they commit to.';

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

CREATE FUNCTION event_log.redact(log_name text, expected bigint, now_recorded timestamp with time zone, new_range bytea, at_position bigint, redacted bigint[], leaf bytea, event_salt bytea, event_payload text) RETURNS TABLE(outcome text, "position" bigint, recorded_at timestamp with time zone, range bytea)
    LANGUAGE plpgsql SECURITY DEFINER ROWS 1
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_seqscan TO 'off'
    AS $$
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

ALTER FUNCTION event_log.redact(log_name text, expected bigint, now_recorded timestamp with time zone, new_range bytea, at_position bigint, redacted bigint[], leaf bytea, event_salt bytea, event_payload text) OWNER TO primary_conect_owner;

COMMENT ON FUNCTION event_log.redact(log_name text, expected bigint, now_recorded timestamp with time zone, new_range bytea, at_position bigint, redacted bigint[], leaf bytea, event_salt bytea, event_payload text) IS 'The one way to take anything out of the log: empties payload, bytes and salts of one event and of all that its message told, keeps the digests to which their leaves commit, and appends log.redacted.v1, which says who did it, who approved, why, and which positions. Answers "moved" with the head if the log ends elsewhere: then nothing was written; else "appended". Either way the head stays locked to the end of the transaction.';

CREATE FUNCTION event_log.redaction_of(log_name text, at_position bigint) RETURNS TABLE("position" bigint, payload_digest bytea, message_position bigint, message_digest bytea)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 5 PARALLEL RESTRICTED
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_seqscan TO 'off'
    AS $$
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

ALTER FUNCTION event_log.redaction_of(log_name text, at_position bigint) OWNER TO primary_conect_owner;

COMMENT ON FUNCTION event_log.redaction_of(log_name text, at_position bigint) IS 'What goes with an event when it is taken out: the event alone, or all that its message told, with the digests to which the leaves commit. Empty where there is nothing to take out (any more), and for what tells of a redaction.';

CREATE FUNCTION event_log.refuse_all_but_redaction() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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

ALTER FUNCTION event_log.refuse_all_but_redaction() OWNER TO primary_conect_owner;

COMMENT ON FUNCTION event_log.refuse_all_but_redaction() IS 'Guard of events and messages: an UPDATE may only empty payload or bytes with their salt, once in this transaction the digest was kept in event_log.redaction.';

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

CREATE FUNCTION event_log.refuse_update() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    -- Rows of redaction are written by event_log.redact alone; this transaction's own are the few with its number.
    if not exists (select from event_log.redaction r where r.xmin = pg_current_xact_id()::xid) then
        raise exception 'event_log.% is append only: % refused', tg_table_name, tg_op
            using errcode = 'insufficient_privilege';
    end if;
    return null;
end
$$;

ALTER FUNCTION event_log.refuse_update() OWNER TO primary_conect_owner;

COMMENT ON FUNCTION event_log.refuse_update() IS 'Guard of events and messages: refuses each UPDATE outside a transaction that has noted a redaction.';

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
        where e.log = of_log and e.position > after and e.salt <> ''
          and (e.type like 'registration.%' or e.type = 'roster.imported.v1')
        order by e.position limit at_most;
end
$$;

ALTER FUNCTION event_log.registrations(of_log text, after bigint, at_most integer) OWNER TO primary_conect_owner;

COMMENT ON FUNCTION event_log.registrations(of_log text, after bigint, at_most integer) IS 'The events behind a position by which a practice tells its list, in order; only within an access record of that practice (audit.open_access, audit.open_roster_access).';

CREATE FUNCTION event_log.staff_events(of_log text, of_stream text) RETURNS TABLE("position" bigint, stream text, type text, payload text, occurred_at timestamp with time zone, recorded_at timestamp with time zone, message_position bigint)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 20 PARALLEL RESTRICTED
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_seqscan TO 'off'
    AS $$
#variable_conflict use_column
begin
    if audit.current_practice() is distinct from of_log then
        raise exception 'no access record of this log in this transaction' using errcode = 'insufficient_privilege';
    end if;
    if of_stream !~ '^(concern|action|huddle|symphony|onboarding):' then
        raise exception 'not a stream of acts' using errcode = 'insufficient_privilege';
    end if;
    return query
        select e.position, e.stream, e.type, e.payload, e.occurred_at, e.recorded_at, e.message_position
        from event_log.event e
        where e.log = of_log and e.stream = of_stream and e.salt <> ''
        order by e.position;
end
$$;

ALTER FUNCTION event_log.staff_events(of_log text, of_stream text) OWNER TO primary_conect_owner;

COMMENT ON FUNCTION event_log.staff_events(of_log text, of_stream text) IS 'The events of one stream of acts, in order; only within an access record of its log (audit.open_access).';

CREATE FUNCTION event_log.subtree_hashes(of_log text, subtree_count bigint) RETURNS bytea
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_seqscan TO 'off'
    AS $$
    select coalesce(string_agg(s.hash, ''::bytea order by s.number), ''::bytea)
    from event_log.subtree s where s.log = of_log and s.number < subtree_count
$$;

ALTER FUNCTION event_log.subtree_hashes(of_log text, subtree_count bigint) OWNER TO primary_conect_owner;

COMMENT ON FUNCTION event_log.subtree_hashes(of_log text, subtree_count bigint) IS 'The roots of the first subtrees of 1,024 leaves of a log, one after the other: for proofs.';

CREATE FUNCTION event_log.tied_streams(of_log text, of_streams text[], ever boolean) RETURNS text[]
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_seqscan TO 'off'
    AS $$
    with recursive identity as materialized (
        select e.position, e.stream, e.type, e.payload::jsonb as told
        from event_log.event e
        where e.log = of_log and e.payload is not null
          and e.type in ('encounter.merged.v1', 'encounter.renumbered.v1', 'patient.merged.v1', 'patient.moved.v1',
                         'patient.renumbered.v1', 'patient.unmerged.v1')
    ), telling as materialized (
        select i.position, i.stream as kept, 'encounter:' || (i.told #>> '{prior,encounter}') as joined, false as parts
        from identity i
        where i.type in ('encounter.merged.v1', 'encounter.renumbered.v1') and i.told #>> '{prior,encounter}' is not null
        union all
        select i.position,
               'patient:' || coalesce((i.told #>> '{patient,local,issuer}') || '|' || (i.told #>> '{patient,local,value}'),
                                      'NHS|' || (i.told #>> '{patient,nhs}')),
               'patient:' || other.key, i.type = 'patient.unmerged.v1'
        from identity i
        cross join lateral (
            select (id ->> 'issuer') || '|' || (id ->> 'value') as key
            from jsonb_array_elements(coalesce(i.told #> '{prior,ids}', '[]')) id
            union all
            select 'NHS|' || (i.told #>> '{prior,nhs}') where i.told #> '{prior,ids}' is null
        ) other
        where i.type like 'patient.%'
    ), tie as materialized (
        select distinct t.kept, t.joined
        from telling t
        where t.kept is not null and t.joined is not null
          and (ever or not t.parts and not exists (
              select from telling u
              where u.parts and u.kept = t.kept and u.joined = t.joined and u.position > t.position))
    ), tied (stream) as (
        select unnest(of_streams)
        union
        select case when tie.kept = tied.stream then tie.joined else tie.kept end
        from tied join tie on tied.stream in (tie.kept, tie.joined)
    )
    select coalesce(array_agg(tied.stream order by tied.stream), '{}') from tied
$$;

ALTER FUNCTION event_log.tied_streams(of_log text, of_streams text[], ever boolean) OWNER TO primary_conect_owner;

COMMENT ON FUNCTION event_log.tied_streams(of_log text, of_streams text[], ever boolean) IS 'Streams of a log with those of all other numbers under which the hospital told of the same patients and visits: as joins stand, or (ever) as they ever stood. Granted to nobody: a part of event_log.history_events.';

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
        where m.disposition = 'quarantined' and m.salt <> ''
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
    begun      uuid := gen_random_uuid();
    index_name text;
begin
    insert into practice.rebuild (id) values (begun)
    on conflict (singleton) do update set id = excluded.id, begun_at = now();
    truncate practice.checkpoint_shadow, practice.feed_shadow, practice.feed_rhythm_shadow, practice.encounter_shadow,
             practice.encounter_state_shadow, practice.patient_state_shadow, practice.poison_shadow,
             practice.registration_shadow, practice.registration_state_shadow, practice.registration_point_shadow,
             practice.concern_shadow, practice.discussion_shadow, practice.huddle_shadow, practice.action_shadow,
             practice.symphony_shadow, practice.onboarding_case_shadow, practice.onboarding_detail_shadow;
    -- Made again at once when all rows stand (practice.index_rebuild), which costs a fraction of keeping them row by row.
    for index_name in
        select c.relname from pg_index i join pg_class c on c.oid = i.indexrelid
        where i.indrelid in ('practice.encounter_shadow'::regclass, 'practice.encounter_state_shadow'::regclass,
                             'practice.patient_state_shadow'::regclass) and not i.indisprimary
    loop
        execute format('drop index practice.%I', index_name);
    end loop;
    return begun;
end
$$;

ALTER FUNCTION practice.begin_rebuild() OWNER TO primary_conect_owner;

COMMENT ON FUNCTION practice.begin_rebuild() IS 'Empties the shadow tables, takes the indexes of the large ones away but for their keys, and gives them to a new rebuild; an earlier one that still runs is refused at its next step.';

CREATE FUNCTION practice.cursor_key() RETURNS bytea
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select i.cursor_key from practice.installation i
$$;

ALTER FUNCTION practice.cursor_key() OWNER TO primary_conect_owner;

COMMENT ON FUNCTION practice.cursor_key() IS 'The key by which this installation signs cursors of the change feed; the service asks once, when it starts.';

CREATE FUNCTION practice.feed_standing(hour integer) RETURNS TABLE(hospital text, feed text, last_heard_at timestamp with time zone, "position" bigint, messages bigint, silence_told_at timestamp with time zone, usual integer, waiting bigint, waiting_since timestamp with time zone)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 10
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
#variable_conflict use_column
begin
    -- Planned once a session; a function in SQL is planned at each call.
    return query
    with waiting as materialized (
        -- What a log has been told and the views do not show. A practice's log is no feed.
        select h.log, h.position - coalesce(c.position, 0) as events, e.recorded_at as since
        from event_log.head h
        left join practice.checkpoint c on c.hospital = h.log and c.projection = 'practice'
        join event_log.event e on e.log = h.log and e.position = coalesce(c.position, 0) + 1
        where h.log !~ '^[A-Z][0-9]{5}$' and h.position > coalesce(c.position, 0)
    )
    select coalesce(f.hospital, w.log), coalesce(f.feed, 'adt'), coalesce(f.last_heard_at, w.since),
           coalesce(f.position, 0), coalesce(f.messages, 0), f.silence_told_at, r.usual, coalesce(w.events, 0), w.since
    from practice.feed f
    full join waiting w on w.log = f.hospital
    left join practice.feed_rhythm r
        on r.hospital = f.hospital and r.feed = f.feed and r.hour_of_week = feed_standing.hour
    order by 1, 2;
end
$_$;

ALTER FUNCTION practice.feed_standing(hour integer) OWNER TO primary_conect_owner;

COMMENT ON FUNCTION practice.feed_standing(hour integer) IS 'When each feed was last heard, what is usual in this hour of the week, and what the views do not show yet: no patient data, so it needs no access record.';

CREATE FUNCTION practice.history_deliveries(of_refs text[], of_practices text[], most integer) RETURNS TABLE(practice text, host text, type text, told_at timestamp with time zone, tried_at timestamp with time zone, state text, status integer, attempts integer)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 20 PARALLEL RESTRICTED
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
begin
    if audit.current_role() is distinct from 'auditor' then
        raise exception 'no auditor''s access record in this transaction' using errcode = 'insufficient_privilege';
    end if;
    return query
        select d.practice, substring(w.url from '^https?://(?:[^/@]*@)?([^/:?#]+)'), d.type, d.told_at, d.tried_at, d.state,
               d.status, d.attempts
        from practice.delivery d join practice.webhook w on w.practice = d.practice and w.webhook = d.webhook
        where d.practice = any (of_practices) and (d.patient_ref = any (of_refs) or d.encounter_ref = any (of_refs))
        order by coalesce(d.tried_at, d.told_at), d.practice, d.webhook, d.event limit most;
end
$$;

ALTER FUNCTION practice.history_deliveries(of_refs text[], of_practices text[], most integer) OWNER TO primary_conect_owner;

COMMENT ON FUNCTION practice.history_deliveries(of_refs text[], of_practices text[], most integer) IS 'What was sent to webhooks of practices about refs: to which host, when, with what outcome; only within an access record of the role auditor.';

CREATE FUNCTION practice.history_rows(of_log text, of_encounters text[]) RETURNS TABLE(practice text, encounter_ref text, patient_ref text, former_refs text[], encounter_key text, restricted boolean, shown_since timestamp with time zone, withdrawn_at timestamp with time zone, withdrawn_reason text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 20 PARALLEL RESTRICTED
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    asking   constant text := audit.current_practice();
    sees_all constant boolean := coalesce(audit.current_role() = 'auditor', false);
begin
    if asking is null then
        raise exception 'no access record in this transaction' using errcode = 'insufficient_privilege';
    end if;
    return query
        select e.practice, e.encounter_ref, e.patient_ref, coalesce(e.former_refs, '{}'), e.encounter_key, e.restricted,
               e.shown_since, e.withdrawn_at, e.withdrawn_reason
        from practice.encounter e
        where e.hospital = of_log and e.encounter_key = any (of_encounters) and (sees_all or e.practice = asking)
        order by e.shown_since, e.practice, e.encounter_ref;
end
$$;

ALTER FUNCTION practice.history_rows(of_log text, of_encounters text[]) OWNER TO primary_conect_owner;

COMMENT ON FUNCTION practice.history_rows(of_log text, of_encounters text[]) IS 'Under which practices encounters of a hospital are or were shown, and since when: to the role auditor of all practices, else of that of this transaction''s access record.';

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

CREATE FUNCTION practice.hold_registrations(hospital text, taken bigint) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    -- The caller holds the hospital's own checkpoint (practice.advance), and so this one too.
    if coalesce((select c.position from practice.checkpoint c
                 where c.hospital = hold_registrations.hospital and c.projection = 'registrations'), 0) <> taken then
        raise exception 'the lists have moved' using errcode = 'serialization_failure';
    end if;
end
$$;

ALTER FUNCTION practice.hold_registrations(hospital text, taken bigint) OWNER TO primary_conect_owner;

COMMENT ON FUNCTION practice.hold_registrations(hospital text, taken bigint) IS 'Second statement of each transaction that projects a hospital''s log: refused (40001) if its rows stand by other lists of practices than the projector knows.';

CREATE FUNCTION practice.index_rebuild(id uuid, part integer, parts integer) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    missing record;
begin
    perform practice.hold_rebuild(id);
    -- Who wants several at once asks for several parts.
    perform set_config('max_parallel_maintenance_workers', '0', true);
    for missing in
        select wanted.* from (
            select format('practice.%I', v.view_name || '_shadow') as twin, i.indisunique as is_unique,
                   replace(c.relname, v.view_name, v.view_name || '_shadow') as name,
                   pg_get_indexdef(i.indexrelid) as definition, obj_description(i.indexrelid, 'pg_class') as remark,
                   row_number() over (order by c.relname) as number
            from unnest(array['encounter', 'encounter_state', 'patient_state']) as v (view_name)
            join pg_index i on i.indrelid = format('practice.%I', v.view_name)::regclass
            join pg_class c on c.oid = i.indexrelid
            where not i.indisprimary) wanted
        where wanted.number % parts = part
          and not exists (select from pg_class c where c.relnamespace = 'practice'::regnamespace and c.relname = wanted.name)
        order by wanted.number
    loop
        execute format('create %s index %I on %s', case when missing.is_unique then 'unique' else '' end, missing.name,
                       missing.twin) || substr(missing.definition, strpos(missing.definition, ' USING '));
        if missing.remark is not null then
            execute format('comment on index practice.%I is %L', missing.name, missing.remark);
        end if;
    end loop;
end
$$;

ALTER FUNCTION practice.index_rebuild(id uuid, part integer, parts integer) OWNER TO primary_conect_owner;

COMMENT ON FUNCTION practice.index_rebuild(id uuid, part integer, parts integer) IS 'Gives the shadow tables those indexes of the live ones that they lack: of as many parts as are said, the part with this number, counted from 0. Parts may be made at once, on connections of their own; refused (55000) unless the shadow tables are this rebuild''s.';

CREATE FUNCTION practice.pulse(practices text[]) RETURNS TABLE(practice text, epoch integer, count bigint, kept_from bigint, lists text[], versions bigint[])
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select c.practice, c.epoch, c.count, c.kept_from, coalesce(v.lists, '{}'), coalesce(v.versions, '{}')
    from practice.counter c
    left join lateral (
        select array_agg(l.list order by l.list) as lists, array_agg(l.count order by l.list) as versions
        from practice.list_version l where l.practice = c.practice
    ) v on true
    where pulse.practices is null or c.practice = any (pulse.practices)
$$;

ALTER FUNCTION practice.pulse(practices text[]) OWNER TO primary_conect_owner;

COMMENT ON FUNCTION practice.pulse(practices text[]) IS 'How far the journal of each of these practices goes (null: of all), and the version of each of its lists: no patient data, so it needs no access record.';

CREATE FUNCTION practice.reached(of_log text) RETURNS bigint
    LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    return (select c.position from practice.checkpoint c where c.hospital = of_log and c.projection = 'practice');
end
$$;

ALTER FUNCTION practice.reached(of_log text) OWNER TO primary_conect_owner;

COMMENT ON FUNCTION practice.reached(of_log text) IS 'How far a log stands in the views: whoever has appended to it knows by this when it can be read there. Null for a log of which nothing stands there.';

CREATE FUNCTION practice.release_webhook(practice text, webhook uuid, at timestamp with time zone) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    update practice.webhook w set leased_until = release_webhook.at
    where w.practice = release_webhook.practice and w.webhook = release_webhook.webhook
$$;

ALTER FUNCTION practice.release_webhook(practice text, webhook uuid, at timestamp with time zone) OWNER TO primary_conect_owner;

COMMENT ON FUNCTION practice.release_webhook(practice text, webhook uuid, at timestamp with time zone) IS 'Lets any process deliver to a webhook again.';

CREATE FUNCTION practice.sensitivity_policy() RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    -- The first line is of successors, the others of what is sensitive.
    select case when strpos(i.successors, chr(10)) = 0 then '' else substr(i.successors, strpos(i.successors, chr(10)) + 1) end
    from practice.installation i
$$;

ALTER FUNCTION practice.sensitivity_policy() OWNER TO primary_conect_owner;

COMMENT ON FUNCTION practice.sensitivity_policy() IS 'Which treatment functions and wards the live views hold to be sensitive, a line each: a history says no more than they do.';

CREATE FUNCTION practice.settle_basis(basis text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    -- Views of which nothing is made yet are made with whatever is wanted.
    update practice.installation i set successors = settle_basis.basis
    where i.successors <> settle_basis.basis and not exists (select from practice.checkpoint);
    return exists (select from practice.installation i where i.successors = settle_basis.basis);
end
$$;

ALTER FUNCTION practice.settle_basis(basis text) OWNER TO primary_conect_owner;

COMMENT ON FUNCTION practice.settle_basis(basis text) IS 'Whether the views are made with these closed practices and this policy of what is sensitive; an empty installation takes them on. Where it is false only a rebuild does.';

CREATE FUNCTION practice.settle_delivery(practice text, webhook uuid, event text, state text, status integer, error text, at timestamp with time zone, due_at timestamp with time zone, off_reason text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    update practice.delivery d
    set state = settle_delivery.state, attempts = d.attempts + 1, tried_at = settle_delivery.at,
        due_at = coalesce(settle_delivery.due_at, d.due_at), status = settle_delivery.status, error = settle_delivery.error
    where d.practice = settle_delivery.practice and d.webhook = settle_delivery.webhook and d.event = settle_delivery.event
      and d.state = 'waiting';
    update practice.webhook w
    set failing_since = case when settle_delivery.state = 'delivered' then null
                             else coalesce(w.failing_since, settle_delivery.at) end,
        state = case when settle_delivery.off_reason is null then w.state else 'off' end,
        off_reason = coalesce(settle_delivery.off_reason, w.off_reason)
    where w.practice = settle_delivery.practice and w.webhook = settle_delivery.webhook;
end
$$;

ALTER FUNCTION practice.settle_delivery(practice text, webhook uuid, event text, state text, status integer, error text, at timestamp with time zone, due_at timestamp with time zone, off_reason text) OWNER TO primary_conect_owner;

COMMENT ON FUNCTION practice.settle_delivery(practice text, webhook uuid, event text, state text, status integer, error text, at timestamp with time zone, due_at timestamp with time zone, off_reason text) IS 'Notes how an attempt to deliver ended, and what that means for the webhook.';

CREATE FUNCTION practice.standing() RETURNS TABLE(log text, head bigint, projected bigint, told_through timestamp with time zone)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 10 PARALLEL RESTRICTED
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
#variable_conflict use_column
begin
    -- How much another practice does is not for a stranger to know: hospitals' logs, and one's own.
    return query
        select h.log, h.position, coalesce(c.position, 0), c.told_through
        from event_log.head h
        left join practice.checkpoint c on c.hospital = h.log and c.projection = 'practice'
        where audit.current_practice() is not null
          and (h.log !~ '^[A-Z][0-9]{5}$' or h.log = audit.current_practice())
        order by h.log;
end
$_$;

ALTER FUNCTION practice.standing() OWNER TO primary_conect_owner;

COMMENT ON FUNCTION practice.standing() IS 'Where the hospitals'' logs and the practice''s own end, and how far the views are; counts only, and only within an access record.';

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
    if exists (select 1 from unnest(array['encounter', 'encounter_state', 'patient_state']) as v (view_name)
               join pg_index i on i.indrelid = format('practice.%I', v.view_name)::regclass
               join pg_class c on c.oid = i.indexrelid
               where not exists (
                   select from pg_index made join pg_class m on m.oid = made.indexrelid
                   where made.indrelid = format('practice.%I', v.view_name || '_shadow')::regclass and made.indisvalid
                     and m.relname = replace(c.relname, v.view_name, v.view_name || '_shadow'))) then
        raise exception 'the shadow tables lack indexes of the live ones' using errcode = 'object_not_in_prerequisite_state';
    end if;

    -- Readers take feed before encounter, so this does too; a long look must not hold up all the others behind us.
    perform set_config('lock_timeout', '2s', true);
    lock table practice.feed in access exclusive mode;
    lock table practice.encounter in access exclusive mode;
    lock table practice.registration in access exclusive mode;

    insert into practice.checkpoint as live (hospital, projection, position, told_through)
    select made.hospital, made.projection, made.position, made.told_through from practice.checkpoint_shadow made
    on conflict (hospital, projection) do update set position = excluded.position, told_through = excluded.told_through;

    foreach view_name in array array['feed', 'feed_rhythm', 'encounter', 'encounter_state', 'patient_state', 'poison', 'registration',
                                     'registration_state', 'registration_point', 'concern', 'discussion', 'huddle', 'action',
                                     'symphony', 'onboarding_case', 'onboarding_detail'] loop
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

    truncate practice.checkpoint_shadow, practice.feed_shadow, practice.feed_rhythm_shadow, practice.encounter_shadow,
             practice.encounter_state_shadow, practice.patient_state_shadow, practice.poison_shadow,
             practice.registration_shadow, practice.registration_state_shadow, practice.registration_point_shadow,
             practice.concern_shadow, practice.discussion_shadow, practice.huddle_shadow, practice.action_shadow,
             practice.symphony_shadow, practice.onboarding_case_shadow, practice.onboarding_detail_shadow;
    delete from practice.rebuild;
    update practice.installation i set successors = swap_rebuild.successors
    where i.successors <> swap_rebuild.successors;
end
$_$;

ALTER FUNCTION practice.swap_rebuild(id uuid, successors text) OWNER TO primary_conect_owner;

COMMENT ON FUNCTION practice.swap_rebuild(id uuid, successors text) IS 'Makes the shadow tables the live ones, checkpoints included, and empties the others. The caller holds practice.checkpoint in SHARE ROW EXCLUSIVE mode, so that no projector moves meanwhile; refused (55000) if the shadow is behind, or lacks an index.';

CREATE FUNCTION practice.sweep_changes(made_before timestamp with time zone, lines_max integer) RETURNS bigint
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    due    record;
    swept  bigint := 0;
    gone   bigint;
begin
    for due in
        select c.practice, c.kept_from from practice.counter c
        where exists (select from practice.change h
                      where h.practice = c.practice and h.count = c.kept_from and h.made_at < sweep_changes.made_before)
        order by c.practice
    loop
        exit when swept >= lines_max;
        perform from practice.counter c where c.practice = due.practice for update;
        with old as (
            delete from practice.change h
            where h.practice = due.practice and h.made_at < sweep_changes.made_before
              and h.count < due.kept_from + lines_max - swept
              -- A clock that was set back leaves no hole: what follows a kept line is kept.
              and not exists (select from practice.change k where k.practice = h.practice and k.count < h.count
                              and k.made_at >= sweep_changes.made_before)
            returning h.count
        )
        select count(*) into gone from old;
        update practice.counter c set kept_from = c.kept_from + gone where c.practice = due.practice;
        swept := swept + gone;
    end loop;
    return swept;
end
$$;

ALTER FUNCTION practice.sweep_changes(made_before timestamp with time zone, lines_max integer) OWNER TO primary_conect_owner;

COMMENT ON FUNCTION practice.sweep_changes(made_before timestamp with time zone, lines_max integer) IS 'Deletes the oldest lines of the journals, those made before a time, at most so many; returns how many. Called again while it gives as many as were asked for.';

CREATE FUNCTION practice.tell_changes(practices text[], types text[], encounters text[], patients text[], hospitals text[], classes text[], list_names text[], happened timestamp with time zone[], told timestamp with time zone[]) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
begin
    -- Projectors of several hospitals tell one practice: counters are taken in the order of their keys and held to the commit,
    -- so nobody sees a number before all the smaller ones.
    insert into practice.counter (practice)
    select distinct p from unnest(practices) as p order by p
    on conflict (practice) do nothing;
    perform from practice.counter c where c.practice = any (practices) order by c.practice for update;

    with line as (
        select t.*, row_number() over (partition by t.practice order by t.place) as nth
        from unnest(practices, types, encounters, patients, hospitals, classes, list_names, happened, told)
            with ordinality as t (practice, type, encounter, patient, hospital, class, names, happened_at, told_at, place)
    ), moved as (
        update practice.counter c set count = c.count + n.lines
        from (select line.practice, count(*) as lines from line group by line.practice) n
        where c.practice = n.practice
        returning c.practice, c.count - n.lines as before
    ), written as (
        insert into practice.change (
            practice, count, type, encounter_ref, patient_ref, hospital, class, lists, happened_at, told_at, made_at)
        select line.practice, moved.before + line.nth, line.type, line.encounter, line.patient, line.hospital, line.class,
               string_to_array(line.names, ' '), line.happened_at, line.told_at, clock_timestamp()
        from line join moved on moved.practice = line.practice
        returning practice, count, lists
    )
    insert into practice.list_version (practice, list, count)
    select w.practice, l.name, max(w.count) from written w cross join unnest(w.lists) as l (name) group by w.practice, l.name
    on conflict (practice, list) do update set count = excluded.count;

    perform pg_notify('practice_change', q.p) from (select distinct p from unnest(practices) as p) q;
end
$$;

ALTER FUNCTION practice.tell_changes(practices text[], types text[], encounters text[], patients text[], hospitals text[], classes text[], list_names text[], happened timestamp with time zone[], told timestamp with time zone[]) OWNER TO primary_conect_owner;

COMMENT ON FUNCTION practice.tell_changes(practices text[], types text[], encounters text[], patients text[], hospitals text[], classes text[], list_names text[], happened timestamp with time zone[], told timestamp with time zone[]) IS 'Adds lines to the journals of practices, one for each element of the arrays, in this order; names of lists stand between blanks. Called last in the transaction that writes the rows: it holds the counters of these practices to the commit, which wakes who follows them.';

CREATE FUNCTION practice.tell_feed(of_hospital text, change_type text, happened timestamp with time zone, told timestamp with time zone) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    practices text[] := array(
        select distinct e.practice from practice.encounter e
        where e.hospital = of_hospital and e.practice <> 'UNKNOWN' order by 1);
    nothing text[] := array_fill(null::text, array[cardinality(practices)]);
begin
    -- Of no list: what changes is how far the lists can be trusted, and answers say so of themselves.
    perform practice.tell_changes(
        practices, array_fill(change_type, array[cardinality(practices)]), nothing, nothing,
        array_fill(of_hospital, array[cardinality(practices)]), nothing,
        array_fill(''::text, array[cardinality(practices)]),
        array_fill(happened, array[cardinality(practices)]), array_fill(told, array[cardinality(practices)]));
end
$$;

ALTER FUNCTION practice.tell_feed(of_hospital text, change_type text, happened timestamp with time zone, told timestamp with time zone) OWNER TO primary_conect_owner;

COMMENT ON FUNCTION practice.tell_feed(of_hospital text, change_type text, happened timestamp with time zone, told timestamp with time zone) IS 'Tells each practice that has rows of a hospital that its feed fell silent or was heard again; called in the transaction that projects the event.';

CREATE FUNCTION practice.tell_rebuilt() RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    practices text[] := array(
        select c.practice from practice.counter c
        union
        select distinct e.practice from practice.encounter e where e.practice <> 'UNKNOWN'
        order by 1);
    nothing text[] := array_fill(null::text, array[cardinality(practices)]);
    gone_practices text[];
    gone text[];
begin
    -- What is withheld since then: no line may name an encounter that stands nowhere any more.
    select array_agg(c.practice), array_agg(c.encounter_ref) into gone_practices, gone
    from (select distinct practice, encounter_ref from practice.change where encounter_ref is not null) c
    where not exists (select from practice.encounter e where e.practice = c.practice and e.encounter_ref = c.encounter_ref);
    if gone is not null then perform practice.unsay_encounters(gone_practices, gone); end if;
    perform practice.tell_changes(
        practices, array_fill('views.rebuilt'::text, array[cardinality(practices)]), nothing, nothing, nothing, nothing,
        array_fill('all'::text, array[cardinality(practices)]),
        array_fill(null::timestamptz, array[cardinality(practices)]),
        array_fill(transaction_timestamp(), array[cardinality(practices)]));
end
$$;

ALTER FUNCTION practice.tell_rebuilt() OWNER TO primary_conect_owner;

COMMENT ON FUNCTION practice.tell_rebuilt() IS 'Tells each practice that its rows have been made anew; called in the transaction that swaps them in. The journal keeps what it told before, but for encounters that stand nowhere any more.';

CREATE FUNCTION practice.unsay_encounters(practices text[], encounters text[]) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    -- Numbers stay without gaps, and a reader of the old line is told to look at the patient again.
    update practice.change c
    set type = 'patient.updated', encounter_ref = null, hospital = null, class = null, happened_at = null
    from unnest(practices, encounters) as u (practice, encounter)
    where c.practice = u.practice and c.encounter_ref = u.encounter;
    delete from practice.delivery d
    using unnest(practices, encounters) as u (practice, encounter)
    where d.practice = u.practice and d.encounter_ref = u.encounter;
end
$$;

ALTER FUNCTION practice.unsay_encounters(practices text[], encounters text[]) OWNER TO primary_conect_owner;

COMMENT ON FUNCTION practice.unsay_encounters(practices text[], encounters text[]) IS 'Takes encounters that have come to be withheld out of what the practices were told of them, and out of what is still to be told to webhooks.';

CREATE FUNCTION practice.webhooks_due(at timestamp with time zone) RETURNS TABLE(practice text, webhook uuid)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select w.practice, w.webhook
    from practice.webhook w
    left join practice.counter c on c.practice = w.practice
    where w.state = 'on' and w.leased_until <= webhooks_due.at
      and (w.test_due_at <= webhooks_due.at
           or c.count > w.count or c.epoch <> w.epoch
           or exists (select from practice.delivery d
                      where d.practice = w.practice and d.webhook = w.webhook and d.state = 'waiting'
                        and d.due_at <= webhooks_due.at))
    order by w.practice, w.webhook
$$;

ALTER FUNCTION practice.webhooks_due(at timestamp with time zone) OWNER TO primary_conect_owner;

COMMENT ON FUNCTION practice.webhooks_due(at timestamp with time zone) IS 'Webhooks that have something to be sent and that nobody is sending to: no patient data, so it needs no access record.';

CREATE TABLE access.assertion (
    client text NOT NULL COLLATE pg_catalog."C",
    digest bytea NOT NULL,
    expires timestamp with time zone NOT NULL,
    CONSTRAINT assertion_digest CHECK ((octet_length(digest) = 32))
);

ALTER TABLE access.assertion OWNER TO primary_conect_owner;

COMMENT ON TABLE access.assertion IS 'Client assertions that have been used (RFC 7523 jti), until they would be refused anyway.';

COMMENT ON COLUMN access.assertion.client IS 'Who showed it: the client id.';

COMMENT ON COLUMN access.assertion.digest IS 'SHA-256 of its jti.';

COMMENT ON COLUMN access.assertion.expires IS 'Its exp.';

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
    organisation text,
    break_glass uuid,
    CONSTRAINT access_break_glass_purpose CHECK (((outcome = 'denied'::text) OR ((break_glass IS NULL) = (purpose <> 'break-glass'::text)))),
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

COMMENT ON COLUMN audit.access.organisation IS 'Organisation that the client says it asks for (NHSD-End-User-Organisation-ODS): noted, never a scope.';

COMMENT ON COLUMN audit.access.break_glass IS 'The grant that opened the practice, where the purpose is break-glass.';

CREATE TABLE audit.break_glass (
    practice text NOT NULL COLLATE pg_catalog."C",
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    until timestamp with time zone NOT NULL,
    subject text NOT NULL,
    role text NOT NULL,
    client text NOT NULL,
    organisation text,
    reason text NOT NULL,
    request_id text NOT NULL,
    login text NOT NULL,
    CONSTRAINT break_glass_reason CHECK (((char_length(reason) >= 10) AND (char_length(reason) <= 500))),
    CONSTRAINT break_glass_role CHECK ((role = ANY (ARRAY['practice-clinician'::text, 'operator'::text]))),
    CONSTRAINT break_glass_while CHECK (((until > at) AND (until <= (at + '01:00:00'::interval))))
);

ALTER TABLE audit.break_glass OWNER TO primary_conect_owner;

COMMENT ON TABLE audit.break_glass IS 'Who opened a practice that is not theirs, for how long and why: each is to be reviewed.';

COMMENT ON COLUMN audit.break_glass.practice IS 'The practice that was opened.';

COMMENT ON COLUMN audit.break_glass.id IS 'The grant: named by each look that was made under it.';

COMMENT ON COLUMN audit.break_glass.at IS 'When it was opened.';

COMMENT ON COLUMN audit.break_glass.until IS 'When it closed by itself: an hour later at most.';

COMMENT ON COLUMN audit.break_glass.subject IS 'Who: the subject of the token; no other may use the grant.';

COMMENT ON COLUMN audit.break_glass.role IS 'In which role: practice-clinician or operator.';

COMMENT ON COLUMN audit.break_glass.client IS 'With which client.';

COMMENT ON COLUMN audit.break_glass.organisation IS 'Organisation that the client says it asks for.';

COMMENT ON COLUMN audit.break_glass.reason IS 'Why, as it was typed: 10 to 500 characters.';

COMMENT ON COLUMN audit.break_glass.request_id IS 'X-Request-ID of the request.';

COMMENT ON COLUMN audit.break_glass.login IS 'Database role that wrote it.';

CREATE TABLE audit.break_glass_review (
    practice text NOT NULL COLLATE pg_catalog."C",
    break_glass uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    reviewer text NOT NULL,
    outcome text NOT NULL,
    note text NOT NULL,
    login text NOT NULL,
    CONSTRAINT break_glass_review_outcome CHECK ((outcome = ANY (ARRAY['justified'::text, 'not-justified'::text])))
);

ALTER TABLE audit.break_glass_review OWNER TO primary_conect_owner;

COMMENT ON TABLE audit.break_glass_review IS 'What the review of a broken glass came to; once for each.';

COMMENT ON COLUMN audit.break_glass_review.practice IS 'Practice of the grant.';

COMMENT ON COLUMN audit.break_glass_review.break_glass IS 'The grant.';

COMMENT ON COLUMN audit.break_glass_review.at IS 'When it was reviewed.';

COMMENT ON COLUMN audit.break_glass_review.reviewer IS 'Who reviewed it: never who opened it.';

COMMENT ON COLUMN audit.break_glass_review.outcome IS 'justified or not-justified.';

COMMENT ON COLUMN audit.break_glass_review.note IS 'What the reviewer says to it; may be empty.';

COMMENT ON COLUMN audit.break_glass_review.login IS 'Database role that wrote it.';

CREATE TABLE audit.poll (
    practice text NOT NULL COLLATE pg_catalog."C",
    id uuid NOT NULL,
    subject text NOT NULL,
    role text NOT NULL,
    client text NOT NULL,
    route text NOT NULL,
    polls bigint NOT NULL,
    first_at timestamp with time zone NOT NULL,
    last_at timestamp with time zone NOT NULL,
    login text NOT NULL,
    CONSTRAINT poll_counts CHECK (((polls > 0) AND (first_at <= last_at))),
    CONSTRAINT poll_practice_code CHECK ((practice ~ '^[A-Z0-9-]{1,12}$'::text))
);

ALTER TABLE audit.poll OWNER TO primary_conect_owner;

COMMENT ON TABLE audit.poll IS 'Polls that were answered "nothing new" without a look at the rows, in batches of a second or so: no patient was shown.';

COMMENT ON COLUMN audit.poll.practice IS 'Practice on whose behalf.';

COMMENT ON COLUMN audit.poll.id IS 'The batch.';

COMMENT ON COLUMN audit.poll.subject IS 'Who: the subject of the token.';

COMMENT ON COLUMN audit.poll.role IS 'In which role.';

COMMENT ON COLUMN audit.poll.client IS 'With which client.';

COMMENT ON COLUMN audit.poll.route IS 'What was asked for: a route without identifiers, such as lists/admissions.';

COMMENT ON COLUMN audit.poll.polls IS 'How many polls.';

COMMENT ON COLUMN audit.poll.first_at IS 'When the first was answered, by the clock of the service.';

COMMENT ON COLUMN audit.poll.last_at IS 'When the last was answered.';

COMMENT ON COLUMN audit.poll.login IS 'Database role that wrote it.';

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

CREATE TABLE event_log.checkpoint (
    size bigint NOT NULL,
    signed_at timestamp with time zone NOT NULL,
    log text NOT NULL COLLATE pg_catalog."C",
    root bytea NOT NULL,
    range bytea NOT NULL,
    note text NOT NULL,
    CONSTRAINT checkpoint_range_length CHECK (((octet_length(range) % 32) = 0)),
    CONSTRAINT checkpoint_root_length CHECK ((octet_length(root) = 32)),
    CONSTRAINT checkpoint_size_positive CHECK ((size > 0))
);

ALTER TABLE event_log.checkpoint OWNER TO primary_conect_owner;

COMMENT ON TABLE event_log.checkpoint IS 'Signed checkpoints (C2SP tlog-checkpoint): what a log''s tree was at some sizes. The key is outside the database, and so is a second copy; a log that was written anew does not fit them.';

COMMENT ON COLUMN event_log.checkpoint.size IS 'The number of leaves, which is the position of the newest event then.';

COMMENT ON COLUMN event_log.checkpoint.signed_at IS 'When it was signed; also in the note.';

COMMENT ON COLUMN event_log.checkpoint.log IS 'The log.';

COMMENT ON COLUMN event_log.checkpoint.root IS 'Root of the tree of that many leaves (RFC 6962); also in the note.';

COMMENT ON COLUMN event_log.checkpoint.range IS 'Compact range of that tree, from which the next checkpoint goes on.';

COMMENT ON COLUMN event_log.checkpoint.note IS 'The signed note, as it is given out.';

CREATE TABLE event_log.command (
    "position" bigint NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    log text NOT NULL COLLATE pg_catalog."C",
    command_id text NOT NULL COLLATE pg_catalog."C",
    digest bytea NOT NULL,
    CONSTRAINT command_digest_length CHECK ((octet_length(digest) = 32)),
    CONSTRAINT command_id_is_uuid CHECK ((command_id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'::text))
);

ALTER TABLE event_log.command OWNER TO primary_conect_owner;

COMMENT ON TABLE event_log.command IS 'Commands that were carried out, for good: the same identifier again is answered as the first time, and changes nothing.';

COMMENT ON COLUMN event_log.command."position" IS 'Position of the last event it came to; of a command that changed nothing, where the log ended then.';

COMMENT ON COLUMN event_log.command.recorded_at IS 'When it was carried out.';

COMMENT ON COLUMN event_log.command.log IS 'The log that the command appended to.';

COMMENT ON COLUMN event_log.command.command_id IS 'The identifier its sender gave it (Idempotency-Key): a UUID, lower case.';

COMMENT ON COLUMN event_log.command.digest IS 'SHA-256 of what was asked for: under the same identifier nothing else is carried out.';

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

COMMENT ON COLUMN event_log.event.stream IS 'Whose event it is: encounter:<key>, patient:<key>, message, quarantine:<position> for what became of the message held back there, or redaction:<position> for what was taken out there.';

COMMENT ON COLUMN event_log.event.type IS 'What happened, in the past tense, with its version: encounter.admitted.v1.';

COMMENT ON COLUMN event_log.event.leaf_hash IS 'Leaf of the Merkle tree: SHA-256(0x00 || data), data as documented in Sources/EventSourcing/LeafEncoding.swift.';

COMMENT ON COLUMN event_log.event.salt IS 'Sixteen random bytes; the leaf commits to SHA-256(salt || payload). Empty once the payload was taken out.';

COMMENT ON COLUMN event_log.event.payload IS 'Canonical JSON, kept byte for byte (jsonb would not keep what the leaf commits to); empty once it was taken out (redaction).';

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

COMMENT ON COLUMN event_log.message.salt IS 'Sixteen random bytes; the leaf of each event commits to SHA-256(salt || bytes). Empty once the bytes were taken out.';

COMMENT ON COLUMN event_log.message.trigger IS 'Message type and trigger event (MSH-9): ADT^A01.';

COMMENT ON COLUMN event_log.message.disposition IS 'read, kept (no effect), quarantined (held back: it waits while the stream quarantine:<position> is empty) or refused.';

COMMENT ON COLUMN event_log.message.answer IS 'Acknowledgement code answered (HL7 table 0008), or empty for none; the same message gets the same again.';

COMMENT ON COLUMN event_log.message.reason IS 'Coded reason of the disposition.';

COMMENT ON COLUMN event_log.message.received_from IS 'Address of the peer, or file.';

COMMENT ON COLUMN event_log.message.bytes IS 'The message as it came; empty once it was taken out (redaction).';

CREATE TABLE event_log.redaction (
    "position" bigint NOT NULL,
    told_at bigint NOT NULL,
    message_position bigint,
    log text NOT NULL COLLATE pg_catalog."C",
    payload_digest bytea NOT NULL,
    message_digest bytea,
    CONSTRAINT redaction_message CHECK ((((message_position IS NULL) = (message_digest IS NULL)) AND (COALESCE(octet_length(message_digest), 32) = 32))),
    CONSTRAINT redaction_payload_digest_length CHECK ((octet_length(payload_digest) = 32))
);

ALTER TABLE event_log.redaction OWNER TO primary_conect_owner;

COMMENT ON TABLE event_log.redaction IS 'Events whose payload was taken out, with the bytes of the message that told them: the salted digests to which their leaves commit, without which the tree could not be computed again. They tell nothing of what was there.';

COMMENT ON COLUMN event_log.redaction."position" IS 'Position of the event whose payload is gone.';

COMMENT ON COLUMN event_log.redaction.told_at IS 'Position of the event log.redacted.v1 (stream redaction:<position>) that says who, with whom, and why.';

COMMENT ON COLUMN event_log.redaction.message_position IS 'The message that told it, whose bytes are gone too; null if none did.';

COMMENT ON COLUMN event_log.redaction.log IS 'The log.';

COMMENT ON COLUMN event_log.redaction.payload_digest IS 'SHA-256(salt || payload) as they were.';

COMMENT ON COLUMN event_log.redaction.message_digest IS 'SHA-256(salt || bytes) of that message as they were.';

CREATE TABLE event_log.subtree (
    number bigint NOT NULL,
    log text NOT NULL COLLATE pg_catalog."C",
    hash bytea NOT NULL,
    CONSTRAINT subtree_hash_length CHECK ((octet_length(hash) = 32)),
    CONSTRAINT subtree_number_not_negative CHECK ((number >= 0))
);

ALTER TABLE event_log.subtree OWNER TO primary_conect_owner;

COMMENT ON TABLE event_log.subtree IS 'Roots of the perfect subtrees of 1,024 leaves each, so that a proof need not read all leaves. Can be computed again from the leaves.';

COMMENT ON COLUMN event_log.subtree.number IS 'Place among them, from 0: the subtree of the positions number * 1024 + 1 to (number + 1) * 1024.';

COMMENT ON COLUMN event_log.subtree.log IS 'The log.';

COMMENT ON COLUMN event_log.subtree.hash IS 'Its root (RFC 6962).';

CREATE TABLE practice.action (
    practice text NOT NULL COLLATE pg_catalog."C",
    action_id text NOT NULL COLLATE pg_catalog."C",
    hospital text NOT NULL COLLATE pg_catalog."C",
    patient_ref text NOT NULL,
    kind text NOT NULL,
    due text NOT NULL,
    assignee text NOT NULL,
    note text,
    state text NOT NULL,
    added_at timestamp with time zone NOT NULL,
    added_by text NOT NULL,
    completed_at timestamp with time zone,
    completed_by text,
    result text,
    version bigint NOT NULL,
    CONSTRAINT action_state CHECK ((state = ANY (ARRAY['open'::text, 'done'::text])))
)
WITH (fillfactor='80');

ALTER TABLE ONLY practice.action FORCE ROW LEVEL SECURITY;

ALTER TABLE practice.action OWNER TO primary_conect_owner;

COMMENT ON TABLE practice.action IS 'What huddles want done about patients. Read only within an access record.';

COMMENT ON COLUMN practice.action.practice IS 'The practice whose huddle wants it.';

COMMENT ON COLUMN practice.action.action_id IS 'Identifier of the command that added it: a UUID.';

COMMENT ON COLUMN practice.action.hospital IS 'The hospital whose patient it is about. Location: withheld for a restricted patient.';

COMMENT ON COLUMN practice.action.patient_ref IS 'Ref of the patient for this practice, by the key that the patient had then.';

COMMENT ON COLUMN practice.action.kind IS 'call, visit, review, medicines-check, letter, hot-onboarding or other.';

COMMENT ON COLUMN practice.action.due IS 'By when, yyyy-mm-dd.';

COMMENT ON COLUMN practice.action.assignee IS 'Who is to do it: person:<name> or role:<role>.';

COMMENT ON COLUMN practice.action.note IS 'What was written when it was added.';

COMMENT ON COLUMN practice.action.state IS 'open or done.';

COMMENT ON COLUMN practice.action.added_at IS 'When it was added.';

COMMENT ON COLUMN practice.action.added_by IS 'By whom, as the token names them.';

COMMENT ON COLUMN practice.action.completed_at IS 'When it was done; null while open.';

COMMENT ON COLUMN practice.action.completed_by IS 'By whom it was marked as done.';

COMMENT ON COLUMN practice.action.result IS 'What came of it.';

COMMENT ON COLUMN practice.action.version IS 'Number of events of the action: its entity tag.';

CREATE TABLE practice.action_shadow (
    practice text NOT NULL COLLATE pg_catalog."C",
    action_id text NOT NULL COLLATE pg_catalog."C",
    hospital text NOT NULL COLLATE pg_catalog."C",
    patient_ref text NOT NULL,
    kind text NOT NULL,
    due text NOT NULL,
    assignee text NOT NULL,
    note text,
    state text NOT NULL,
    added_at timestamp with time zone NOT NULL,
    added_by text NOT NULL,
    completed_at timestamp with time zone,
    completed_by text,
    result text,
    version bigint NOT NULL,
    CONSTRAINT action_shadow_state CHECK ((state = ANY (ARRAY['open'::text, 'done'::text])))
)
WITH (fillfactor='80');

ALTER TABLE ONLY practice.action_shadow FORCE ROW LEVEL SECURITY;

ALTER TABLE practice.action_shadow OWNER TO primary_conect_owner;

COMMENT ON TABLE practice.action_shadow IS 'Twin of practice.action, in which a rebuild is made.';

COMMENT ON COLUMN practice.action_shadow.practice IS 'The practice whose huddle wants it.';

COMMENT ON COLUMN practice.action_shadow.action_id IS 'Identifier of the command that added it: a UUID.';

COMMENT ON COLUMN practice.action_shadow.hospital IS 'The hospital whose patient it is about. Location: withheld for a restricted patient.';

COMMENT ON COLUMN practice.action_shadow.patient_ref IS 'Ref of the patient for this practice, by the key that the patient had then.';

COMMENT ON COLUMN practice.action_shadow.kind IS 'call, visit, review, medicines-check, letter, hot-onboarding or other.';

COMMENT ON COLUMN practice.action_shadow.due IS 'By when, yyyy-mm-dd.';

COMMENT ON COLUMN practice.action_shadow.assignee IS 'Who is to do it: person:<name> or role:<role>.';

COMMENT ON COLUMN practice.action_shadow.note IS 'What was written when it was added.';

COMMENT ON COLUMN practice.action_shadow.state IS 'open or done.';

COMMENT ON COLUMN practice.action_shadow.added_at IS 'When it was added.';

COMMENT ON COLUMN practice.action_shadow.added_by IS 'By whom, as the token names them.';

COMMENT ON COLUMN practice.action_shadow.completed_at IS 'When it was done; null while open.';

COMMENT ON COLUMN practice.action_shadow.completed_by IS 'By whom it was marked as done.';

COMMENT ON COLUMN practice.action_shadow.result IS 'What came of it.';

COMMENT ON COLUMN practice.action_shadow.version IS 'Number of events of the action: its entity tag.';

CREATE TABLE practice.change (
    practice text NOT NULL COLLATE pg_catalog."C",
    count bigint NOT NULL,
    type text NOT NULL COLLATE pg_catalog."C",
    encounter_ref text COLLATE pg_catalog."C",
    patient_ref text COLLATE pg_catalog."C",
    hospital text COLLATE pg_catalog."C",
    class text,
    lists text[] NOT NULL,
    happened_at timestamp with time zone,
    told_at timestamp with time zone NOT NULL,
    made_at timestamp with time zone NOT NULL,
    CONSTRAINT change_type CHECK ((type ~ '^[a-z]+[.][a-z_]+$'::text))
);

ALTER TABLE ONLY practice.change FORCE ROW LEVEL SECURITY;

ALTER TABLE practice.change OWNER TO primary_conect_owner;

COMMENT ON TABLE practice.change IS 'What changed for each practice, in order, with refs and no other patient data; written in the transaction that writes the rows, kept some 90 days. Rebuilds leave it as it was told, but for what is withheld since.';

COMMENT ON COLUMN practice.change.practice IS 'The practice that is told.';

COMMENT ON COLUMN practice.change.count IS 'Its number among the changes of the practice, from 1, without gaps.';

COMMENT ON COLUMN practice.change.type IS 'encounter.admitted, attendance.ended, patient.died, views.rebuilt and so on.';

COMMENT ON COLUMN practice.change.encounter_ref IS 'Ref of the encounter at this practice; null if it is of no single one.';

COMMENT ON COLUMN practice.change.patient_ref IS 'Ref of the patient at this practice; null if it is of nobody.';

COMMENT ON COLUMN practice.change.hospital IS 'The log that told it; null for a restricted patient. Not shown to practices: it would be a location.';

COMMENT ON COLUMN practice.change.class IS 'Class of the encounter, as in practice.encounter.';

COMMENT ON COLUMN practice.change.lists IS 'Lists on which the encounter stood before or stands now; {all} of views.rebuilt.';

COMMENT ON COLUMN practice.change.happened_at IS 'When it happened, as the hospital says; null if it says nothing, or a day alone.';

COMMENT ON COLUMN practice.change.told_at IS 'When the message that told it reached us.';

COMMENT ON COLUMN practice.change.made_at IS 'When the line was written; never before that of the line before it, unless a clock was set back.';

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

COMMENT ON COLUMN practice.checkpoint.hospital IS 'The log, named by the ODS code of its organisation: a hospital, or a practice.';

COMMENT ON COLUMN practice.checkpoint.projection IS 'practice: how far the log is projected. Of a hospital also registrations:<practice>, up to where its rows stand by that practice''s list, and registrations, the sum of these.';

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

COMMENT ON COLUMN practice.checkpoint_shadow.hospital IS 'The log, named by the ODS code of its organisation: a hospital, or a practice.';

COMMENT ON COLUMN practice.checkpoint_shadow.projection IS 'practice: how far the log is projected. Of a hospital also registrations:<practice>, up to where its rows stand by that practice''s list, and registrations, the sum of these.';

COMMENT ON COLUMN practice.checkpoint_shadow."position" IS 'Position of the last event whose effect stands in the views; 0 is none.';

COMMENT ON COLUMN practice.checkpoint_shadow.told_through IS 'When that event was recorded.';

CREATE TABLE practice.concern (
    practice text NOT NULL COLLATE pg_catalog."C",
    concern_id text NOT NULL COLLATE pg_catalog."C",
    hospital text NOT NULL COLLATE pg_catalog."C",
    patient_ref text NOT NULL,
    kind text NOT NULL,
    state text NOT NULL,
    raised_at timestamp with time zone NOT NULL,
    raised_by text NOT NULL,
    note text,
    review_on text,
    owner text,
    closed_at timestamp with time zone,
    closed_by text,
    closing_reason text,
    version bigint NOT NULL,
    CONSTRAINT concern_state CHECK ((state = ANY (ARRAY['open'::text, 'closed'::text])))
)
WITH (fillfactor='80');

ALTER TABLE ONLY practice.concern FORCE ROW LEVEL SECURITY;

ALTER TABLE practice.concern OWNER TO primary_conect_owner;

COMMENT ON TABLE practice.concern IS 'Concerns that a practice keeps in sight until somebody closes them. Read only within an access record.';

COMMENT ON COLUMN practice.concern.practice IS 'The practice that raised it, in whose log it stands.';

COMMENT ON COLUMN practice.concern.concern_id IS 'Identifier of the command that raised it: a UUID.';

COMMENT ON COLUMN practice.concern.hospital IS 'The hospital whose patient it is about. Location: withheld for a restricted patient.';

COMMENT ON COLUMN practice.concern.patient_ref IS 'Ref of the patient for this practice, by the key that the patient had then.';

COMMENT ON COLUMN practice.concern.kind IS 'safeguarding, fopas, clinical, social-care, housing, carer-strain, medicines or other.';

COMMENT ON COLUMN practice.concern.state IS 'open or closed.';

COMMENT ON COLUMN practice.concern.raised_at IS 'When it was raised.';

COMMENT ON COLUMN practice.concern.raised_by IS 'By whom, as the token names them.';

COMMENT ON COLUMN practice.concern.note IS 'What was written when it was raised. Not for a practice''s administrators.';

COMMENT ON COLUMN practice.concern.review_on IS 'Day of the next look, yyyy-mm-dd.';

COMMENT ON COLUMN practice.concern.owner IS 'Who keeps it in sight: person:<name> or role:<role>; null for the huddle as a whole.';

COMMENT ON COLUMN practice.concern.closed_at IS 'When it was closed; null while open.';

COMMENT ON COLUMN practice.concern.closed_by IS 'By whom.';

COMMENT ON COLUMN practice.concern.closing_reason IS 'Why. Not for a practice''s administrators.';

COMMENT ON COLUMN practice.concern.version IS 'Number of events of the concern: its entity tag.';

CREATE TABLE practice.concern_shadow (
    practice text NOT NULL COLLATE pg_catalog."C",
    concern_id text NOT NULL COLLATE pg_catalog."C",
    hospital text NOT NULL COLLATE pg_catalog."C",
    patient_ref text NOT NULL,
    kind text NOT NULL,
    state text NOT NULL,
    raised_at timestamp with time zone NOT NULL,
    raised_by text NOT NULL,
    note text,
    review_on text,
    owner text,
    closed_at timestamp with time zone,
    closed_by text,
    closing_reason text,
    version bigint NOT NULL,
    CONSTRAINT concern_shadow_state CHECK ((state = ANY (ARRAY['open'::text, 'closed'::text])))
)
WITH (fillfactor='80');

ALTER TABLE ONLY practice.concern_shadow FORCE ROW LEVEL SECURITY;

ALTER TABLE practice.concern_shadow OWNER TO primary_conect_owner;

COMMENT ON TABLE practice.concern_shadow IS 'Twin of practice.concern, in which a rebuild is made.';

COMMENT ON COLUMN practice.concern_shadow.practice IS 'The practice that raised it, in whose log it stands.';

COMMENT ON COLUMN practice.concern_shadow.concern_id IS 'Identifier of the command that raised it: a UUID.';

COMMENT ON COLUMN practice.concern_shadow.hospital IS 'The hospital whose patient it is about. Location: withheld for a restricted patient.';

COMMENT ON COLUMN practice.concern_shadow.patient_ref IS 'Ref of the patient for this practice, by the key that the patient had then.';

COMMENT ON COLUMN practice.concern_shadow.kind IS 'safeguarding, fopas, clinical, social-care, housing, carer-strain, medicines or other.';

COMMENT ON COLUMN practice.concern_shadow.state IS 'open or closed.';

COMMENT ON COLUMN practice.concern_shadow.raised_at IS 'When it was raised.';

COMMENT ON COLUMN practice.concern_shadow.raised_by IS 'By whom, as the token names them.';

COMMENT ON COLUMN practice.concern_shadow.note IS 'What was written when it was raised. Not for a practice''s administrators.';

COMMENT ON COLUMN practice.concern_shadow.review_on IS 'Day of the next look, yyyy-mm-dd.';

COMMENT ON COLUMN practice.concern_shadow.owner IS 'Who keeps it in sight: person:<name> or role:<role>; null for the huddle as a whole.';

COMMENT ON COLUMN practice.concern_shadow.closed_at IS 'When it was closed; null while open.';

COMMENT ON COLUMN practice.concern_shadow.closed_by IS 'By whom.';

COMMENT ON COLUMN practice.concern_shadow.closing_reason IS 'Why. Not for a practice''s administrators.';

COMMENT ON COLUMN practice.concern_shadow.version IS 'Number of events of the concern: its entity tag.';

CREATE TABLE practice.counter (
    practice text NOT NULL COLLATE pg_catalog."C",
    epoch integer DEFAULT 1 NOT NULL,
    count bigint DEFAULT 0 NOT NULL,
    kept_from bigint DEFAULT 1 NOT NULL,
    CONSTRAINT counter_order CHECK (((count >= 0) AND ((kept_from >= 1) AND (kept_from <= (count + 1)))))
)
WITH (fillfactor='50');

ALTER TABLE practice.counter OWNER TO primary_conect_owner;

COMMENT ON TABLE practice.counter IS 'How many changes each practice has been told: locked, in the order of the keys, by whoever tells one, so that the changes of a practice stand in the order of their commits.';

COMMENT ON COLUMN practice.counter.practice IS 'The practice.';

COMMENT ON COLUMN practice.counter.epoch IS 'Counts restores of the journal from a backup: whoever restores adds one, and all cursors given out before expire.';

COMMENT ON COLUMN practice.counter.count IS 'Number of the newest change; 0 before the first.';

COMMENT ON COLUMN practice.counter.kept_from IS 'Number of the oldest change that is kept; one more than count if none is.';

CREATE TABLE practice.delivery (
    practice text NOT NULL COLLATE pg_catalog."C",
    webhook uuid NOT NULL,
    event text NOT NULL COLLATE pg_catalog."C",
    type text NOT NULL COLLATE pg_catalog."C",
    encounter_ref text COLLATE pg_catalog."C",
    patient_ref text COLLATE pg_catalog."C",
    class text,
    told_at timestamp with time zone NOT NULL,
    state text DEFAULT 'waiting'::text NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    due_at timestamp with time zone NOT NULL,
    tried_at timestamp with time zone,
    status integer,
    error text,
    CONSTRAINT delivery_state CHECK ((state = ANY (ARRAY['waiting'::text, 'delivered'::text, 'failed'::text])))
);

ALTER TABLE ONLY practice.delivery FORCE ROW LEVEL SECURITY;

ALTER TABLE practice.delivery OWNER TO primary_conect_owner;

COMMENT ON TABLE practice.delivery IS 'One event for one webhook: a change of the journal, or a test.';

COMMENT ON COLUMN practice.delivery.practice IS 'The practice.';

COMMENT ON COLUMN practice.delivery.webhook IS 'The webhook.';

COMMENT ON COLUMN practice.delivery.event IS 'Id of the event, the same at each attempt; of a change a digest of webhook and place in the journal, so it is made once.';

COMMENT ON COLUMN practice.delivery.type IS 'Type of the change, or test.';

COMMENT ON COLUMN practice.delivery.encounter_ref IS 'As in the journal.';

COMMENT ON COLUMN practice.delivery.patient_ref IS 'As in the journal.';

COMMENT ON COLUMN practice.delivery.class IS 'As in the journal.';

COMMENT ON COLUMN practice.delivery.told_at IS 'As in the journal; of a test when it was made.';

COMMENT ON COLUMN practice.delivery.state IS 'waiting, delivered, or failed: given up.';

COMMENT ON COLUMN practice.delivery.attempts IS 'Attempts so far.';

COMMENT ON COLUMN practice.delivery.due_at IS 'When the next attempt is due, while it waits.';

COMMENT ON COLUMN practice.delivery.tried_at IS 'When the last attempt ended.';

COMMENT ON COLUMN practice.delivery.status IS 'Status of the last answer, if there was one.';

COMMENT ON COLUMN practice.delivery.error IS 'Code of what went wrong at the last attempt.';

CREATE TABLE practice.discussion (
    practice text NOT NULL COLLATE pg_catalog."C",
    huddle_day text NOT NULL COLLATE pg_catalog."C",
    patient_ref text NOT NULL COLLATE pg_catalog."C",
    hospital text NOT NULL COLLATE pg_catalog."C",
    discussed_at timestamp with time zone NOT NULL,
    discussed_by text NOT NULL,
    version bigint NOT NULL
)
WITH (fillfactor='80');

ALTER TABLE ONLY practice.discussion FORCE ROW LEVEL SECURITY;

ALTER TABLE practice.discussion OWNER TO primary_conect_owner;

COMMENT ON TABLE practice.discussion IS 'Who was marked as discussed in a day''s huddle, and not unmarked. Read only within an access record.';

COMMENT ON COLUMN practice.discussion.practice IS 'The practice that held the huddle.';

COMMENT ON COLUMN practice.discussion.huddle_day IS 'Its day, yyyy-mm-dd.';

COMMENT ON COLUMN practice.discussion.patient_ref IS 'Ref of the patient for this practice, by the key that the patient had then.';

COMMENT ON COLUMN practice.discussion.hospital IS 'The hospital whose patient it is. Location: withheld for a restricted patient.';

COMMENT ON COLUMN practice.discussion.discussed_at IS 'When the mark was set.';

COMMENT ON COLUMN practice.discussion.discussed_by IS 'By whom, as the token names them.';

COMMENT ON COLUMN practice.discussion.version IS 'How often the mark of this patient was set or taken back that day: its entity tag.';

CREATE TABLE practice.discussion_shadow (
    practice text NOT NULL COLLATE pg_catalog."C",
    huddle_day text NOT NULL COLLATE pg_catalog."C",
    patient_ref text NOT NULL COLLATE pg_catalog."C",
    hospital text NOT NULL COLLATE pg_catalog."C",
    discussed_at timestamp with time zone NOT NULL,
    discussed_by text NOT NULL,
    version bigint NOT NULL
)
WITH (fillfactor='80');

ALTER TABLE ONLY practice.discussion_shadow FORCE ROW LEVEL SECURITY;

ALTER TABLE practice.discussion_shadow OWNER TO primary_conect_owner;

COMMENT ON TABLE practice.discussion_shadow IS 'Twin of practice.discussion, in which a rebuild is made.';

COMMENT ON COLUMN practice.discussion_shadow.practice IS 'The practice that held the huddle.';

COMMENT ON COLUMN practice.discussion_shadow.huddle_day IS 'Its day, yyyy-mm-dd.';

COMMENT ON COLUMN practice.discussion_shadow.patient_ref IS 'Ref of the patient for this practice, by the key that the patient had then.';

COMMENT ON COLUMN practice.discussion_shadow.hospital IS 'The hospital whose patient it is. Location: withheld for a restricted patient.';

COMMENT ON COLUMN practice.discussion_shadow.discussed_at IS 'When the mark was set.';

COMMENT ON COLUMN practice.discussion_shadow.discussed_by IS 'By whom, as the token names them.';

COMMENT ON COLUMN practice.discussion_shadow.version IS 'How often the mark of this patient was set or taken back that day: its entity tag.';

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
    withdrawn_reason text,
    sensitivity text GENERATED ALWAYS AS (
CASE
    WHEN restricted THEN 'restricted'::text
    ELSE 'normal'::text
END) STORED NOT NULL,
    encounter_key text NOT NULL COLLATE pg_catalog."C",
    patient_key text NOT NULL COLLATE pg_catalog."C",
    death_told_at timestamp with time zone,
    former_refs text[]
)
WITH (fillfactor='80');

ALTER TABLE ONLY practice.encounter FORCE ROW LEVEL SECURITY;

ALTER TABLE practice.encounter OWNER TO primary_conect_owner;

COMMENT ON TABLE practice.encounter IS 'One row for each stay and attendance, under the practice in force: all that a list shows. Read only within an access record (audit.open_access).';

COMMENT ON COLUMN practice.encounter.practice IS 'Registered practice in force (ODS code), by the practices'' lists and by what this hospital says; UNKNOWN if none.';

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

COMMENT ON COLUMN practice.encounter.restricted IS 'Sensitive or stop-noted (PV1-16 S or Y, ZU8-4, DG1-18, or local policy): location and reason are withheld in every list.';

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

COMMENT ON COLUMN practice.encounter.sensitivity IS 'normal or restricted; what is withheld has no row.';

COMMENT ON COLUMN practice.encounter.encounter_key IS 'The hospital''s key of the encounter: finds its facts from its ref. Shown to nobody.';

COMMENT ON COLUMN practice.encounter.patient_key IS 'The hospital''s key of the patient; empty if no message named anybody. Shown to nobody.';

COMMENT ON COLUMN practice.encounter.death_told_at IS 'When the death was first told to us.';

COMMENT ON COLUMN practice.encounter.former_refs IS 'Refs of records that were joined to this patient''s, ascending: what was done about them is about this patient; NULL for none.';

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
    withdrawn_reason text,
    sensitivity text GENERATED ALWAYS AS (
CASE
    WHEN restricted THEN 'restricted'::text
    ELSE 'normal'::text
END) STORED NOT NULL,
    encounter_key text NOT NULL COLLATE pg_catalog."C",
    patient_key text NOT NULL COLLATE pg_catalog."C",
    death_told_at timestamp with time zone,
    former_refs text[]
)
WITH (fillfactor='80');

ALTER TABLE ONLY practice.encounter_shadow FORCE ROW LEVEL SECURITY;

ALTER TABLE practice.encounter_shadow OWNER TO primary_conect_owner;

COMMENT ON TABLE practice.encounter_shadow IS 'Twin of practice.encounter, in which a rebuild is made.';

COMMENT ON COLUMN practice.encounter_shadow.practice IS 'Registered practice in force (ODS code), by the practices'' lists and by what this hospital says; UNKNOWN if none.';

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

COMMENT ON COLUMN practice.encounter_shadow.restricted IS 'Sensitive or stop-noted (PV1-16 S or Y, ZU8-4, DG1-18, or local policy): location and reason are withheld in every list.';

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

COMMENT ON COLUMN practice.encounter_shadow.sensitivity IS 'normal or restricted; what is withheld has no row.';

COMMENT ON COLUMN practice.encounter_shadow.encounter_key IS 'The hospital''s key of the encounter: finds its facts from its ref. Shown to nobody.';

COMMENT ON COLUMN practice.encounter_shadow.patient_key IS 'The hospital''s key of the patient; empty if no message named anybody. Shown to nobody.';

COMMENT ON COLUMN practice.encounter_shadow.death_told_at IS 'When the death was first told to us.';

COMMENT ON COLUMN practice.encounter_shadow.former_refs IS 'Refs of records that were joined to this patient''s, ascending: what was done about them is about this patient; NULL for none.';

CREATE TABLE practice.encounter_state (
    hospital text NOT NULL COLLATE pg_catalog."C",
    encounter text NOT NULL COLLATE pg_catalog."C",
    patient text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL,
    shown_since timestamp with time zone NOT NULL,
    formerly text[] COLLATE pg_catalog."C"
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

COMMENT ON COLUMN practice.encounter_state.formerly IS 'Other patients whom a message named as its own, if any.';

CREATE TABLE practice.encounter_state_shadow (
    hospital text NOT NULL COLLATE pg_catalog."C",
    encounter text NOT NULL COLLATE pg_catalog."C",
    patient text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL,
    shown_since timestamp with time zone NOT NULL,
    formerly text[] COLLATE pg_catalog."C"
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

COMMENT ON COLUMN practice.encounter_state_shadow.formerly IS 'Other patients whom a message named as its own, if any.';

CREATE TABLE practice.feed (
    hospital text NOT NULL COLLATE pg_catalog."C",
    feed text NOT NULL COLLATE pg_catalog."C",
    last_heard_at timestamp with time zone NOT NULL,
    "position" bigint NOT NULL,
    messages bigint NOT NULL,
    hour_longest integer,
    silence_told_at timestamp with time zone
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

COMMENT ON COLUMN practice.feed.hour_longest IS 'The longest silence so far, in seconds, in the hour in which the feed was last heard; null where that hour was not watched from its beginning.';

COMMENT ON COLUMN practice.feed.silence_told_at IS 'When the log was told that the feed fell silent (feed.fell-silent.v1); null once it was heard again.';

CREATE TABLE practice.feed_rhythm (
    hospital text NOT NULL COLLATE pg_catalog."C",
    feed text NOT NULL COLLATE pg_catalog."C",
    hour_of_week integer NOT NULL,
    usual integer,
    history text NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT feed_rhythm_hour CHECK (((hour_of_week >= 0) AND (hour_of_week <= 167)))
)
WITH (fillfactor='50');

ALTER TABLE ONLY practice.feed_rhythm FORCE ROW LEVEL SECURITY;

ALTER TABLE practice.feed_rhythm OWNER TO primary_conect_owner;

COMMENT ON TABLE practice.feed_rhythm IS 'How long each feed is used to be silent, hour by hour of the week; no patient data. Read only within an access record.';

COMMENT ON COLUMN practice.feed_rhythm.hospital IS 'The log.';

COMMENT ON COLUMN practice.feed_rhythm.feed IS 'The feed within the log: adt.';

COMMENT ON COLUMN practice.feed_rhythm.hour_of_week IS 'Hour of the week on London''s wall: 0 is Monday 00:00 to 00:59, 167 Sunday 23:00 to 23:59.';

COMMENT ON COLUMN practice.feed_rhythm.usual IS 'The usual longest silence in this hour, in seconds; null until eight weeks have been heard.';

COMMENT ON COLUMN practice.feed_rhythm.history IS 'The longest silence in this hour, of the latest weeks (at most eight), oldest first: week:seconds, weeks counted from Monday 1969-12-29.';

CREATE TABLE practice.feed_rhythm_shadow (
    hospital text NOT NULL COLLATE pg_catalog."C",
    feed text NOT NULL COLLATE pg_catalog."C",
    hour_of_week integer NOT NULL,
    usual integer,
    history text NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT feed_rhythm_hour CHECK (((hour_of_week >= 0) AND (hour_of_week <= 167)))
)
WITH (fillfactor='50');

ALTER TABLE ONLY practice.feed_rhythm_shadow FORCE ROW LEVEL SECURITY;

ALTER TABLE practice.feed_rhythm_shadow OWNER TO primary_conect_owner;

COMMENT ON TABLE practice.feed_rhythm_shadow IS 'Twin of practice.feed_rhythm, in which a rebuild is made.';

COMMENT ON COLUMN practice.feed_rhythm_shadow.hospital IS 'The log.';

COMMENT ON COLUMN practice.feed_rhythm_shadow.feed IS 'The feed within the log: adt.';

COMMENT ON COLUMN practice.feed_rhythm_shadow.hour_of_week IS 'Hour of the week on London''s wall: 0 is Monday 00:00 to 00:59, 167 Sunday 23:00 to 23:59.';

COMMENT ON COLUMN practice.feed_rhythm_shadow.usual IS 'The usual longest silence in this hour, in seconds; null until eight weeks have been heard.';

COMMENT ON COLUMN practice.feed_rhythm_shadow.history IS 'The longest silence in this hour, of the latest weeks (at most eight), oldest first: week:seconds, weeks counted from Monday 1969-12-29.';

CREATE TABLE practice.feed_shadow (
    hospital text NOT NULL COLLATE pg_catalog."C",
    feed text NOT NULL COLLATE pg_catalog."C",
    last_heard_at timestamp with time zone NOT NULL,
    "position" bigint NOT NULL,
    messages bigint NOT NULL,
    hour_longest integer,
    silence_told_at timestamp with time zone
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

COMMENT ON COLUMN practice.feed_shadow.hour_longest IS 'The longest silence so far, in seconds, in the hour in which the feed was last heard; null where that hour was not watched from its beginning.';

COMMENT ON COLUMN practice.feed_shadow.silence_told_at IS 'When the log was told that the feed fell silent (feed.fell-silent.v1); null once it was heard again.';

CREATE TABLE practice.huddle (
    practice text NOT NULL COLLATE pg_catalog."C",
    day text NOT NULL COLLATE pg_catalog."C",
    closed_at timestamp with time zone,
    closed_by text,
    not_discussed integer,
    attendees text[] DEFAULT '{}'::text[] NOT NULL,
    version bigint NOT NULL
)
WITH (fillfactor='80');

ALTER TABLE ONLY practice.huddle FORCE ROW LEVEL SECURITY;

ALTER TABLE practice.huddle OWNER TO primary_conect_owner;

COMMENT ON TABLE practice.huddle IS 'One row for each day on which a huddle marked somebody or was closed. Read only within an access record.';

COMMENT ON COLUMN practice.huddle.practice IS 'The practice that held it.';

COMMENT ON COLUMN practice.huddle.day IS 'Its day, yyyy-mm-dd.';

COMMENT ON COLUMN practice.huddle.closed_at IS 'When it was closed: the next window of news begins here. Null while open.';

COMMENT ON COLUMN practice.huddle.closed_by IS 'By whom, as the token names them.';

COMMENT ON COLUMN practice.huddle.not_discussed IS 'How many of the list nobody had marked when it was closed.';

COMMENT ON COLUMN practice.huddle.attendees IS 'Who was there, where somebody said so.';

COMMENT ON COLUMN practice.huddle.version IS 'Number of events of the huddle: its entity tag.';

CREATE TABLE practice.huddle_shadow (
    practice text NOT NULL COLLATE pg_catalog."C",
    day text NOT NULL COLLATE pg_catalog."C",
    closed_at timestamp with time zone,
    closed_by text,
    not_discussed integer,
    attendees text[] DEFAULT '{}'::text[] NOT NULL,
    version bigint NOT NULL
)
WITH (fillfactor='80');

ALTER TABLE ONLY practice.huddle_shadow FORCE ROW LEVEL SECURITY;

ALTER TABLE practice.huddle_shadow OWNER TO primary_conect_owner;

COMMENT ON TABLE practice.huddle_shadow IS 'Twin of practice.huddle, in which a rebuild is made.';

COMMENT ON COLUMN practice.huddle_shadow.practice IS 'The practice that held it.';

COMMENT ON COLUMN practice.huddle_shadow.day IS 'Its day, yyyy-mm-dd.';

COMMENT ON COLUMN practice.huddle_shadow.closed_at IS 'When it was closed: the next window of news begins here. Null while open.';

COMMENT ON COLUMN practice.huddle_shadow.closed_by IS 'By whom, as the token names them.';

COMMENT ON COLUMN practice.huddle_shadow.not_discussed IS 'How many of the list nobody had marked when it was closed.';

COMMENT ON COLUMN practice.huddle_shadow.attendees IS 'Who was there, where somebody said so.';

COMMENT ON COLUMN practice.huddle_shadow.version IS 'Number of events of the huddle: its entity tag.';

CREATE TABLE practice.installation (
    singleton boolean DEFAULT true NOT NULL,
    ref_key bytea NOT NULL,
    made_at timestamp with time zone DEFAULT now() NOT NULL,
    successors text DEFAULT ''::text NOT NULL,
    cursor_key bytea NOT NULL,
    CONSTRAINT installation_is_one CHECK (singleton),
    CONSTRAINT installation_key_length CHECK ((octet_length(ref_key) = 32))
);

ALTER TABLE practice.installation OWNER TO primary_conect_owner;

COMMENT ON TABLE practice.installation IS 'One row: the secret of this installation from which opaque refs are made.';

COMMENT ON COLUMN practice.installation.singleton IS 'Always true, so that there is one row.';

COMMENT ON COLUMN practice.installation.ref_key IS 'Key of HMAC-SHA256 over (kind, hospital, key, practice); whoever has it can guess refs. Only the projector reads it.';

COMMENT ON COLUMN practice.installation.made_at IS 'When the installation was made.';

COMMENT ON COLUMN practice.installation.successors IS 'What the live views are made with: on the first line closed practices and who has their patients, L99901=L99902 L99903=L99904; below, by name, the specialties and wards that are sensitive here. Only a rebuild changes it.';

COMMENT ON COLUMN practice.installation.cursor_key IS 'Key of HMAC-SHA256 by which cursors of the change feed are signed; the service reads it.';

CREATE TABLE practice.list_version (
    practice text NOT NULL COLLATE pg_catalog."C",
    list text NOT NULL COLLATE pg_catalog."C",
    count bigint NOT NULL
)
WITH (fillfactor='50');

ALTER TABLE practice.list_version OWNER TO primary_conect_owner;

COMMENT ON TABLE practice.list_version IS 'The newest change that touched each list of each practice: its version.';

COMMENT ON COLUMN practice.list_version.practice IS 'The practice.';

COMMENT ON COLUMN practice.list_version.list IS 'The list, as paths name it; all: every list.';

COMMENT ON COLUMN practice.list_version.count IS 'Number of the change.';

CREATE TABLE practice.onboarding_case (
    hospital text NOT NULL COLLATE pg_catalog."C",
    case_id text NOT NULL COLLATE pg_catalog."C",
    stream text NOT NULL COLLATE pg_catalog."C",
    practice text NOT NULL COLLATE pg_catalog."C",
    patient_ref text NOT NULL COLLATE pg_catalog."C",
    encounter_ref text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL,
    board text,
    since timestamp with time zone NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    version bigint NOT NULL,
    round integer NOT NULL,
    next_step text,
    hospital_section text,
    care_section text,
    priority text,
    owner text,
    keyworker text,
    outcome text,
    ending text,
    due_on text,
    left_at timestamp with time zone,
    visit_at timestamp with time zone,
    deferred_until timestamp with time zone,
    declined_until timestamp with time zone,
    is_inpatient boolean NOT NULL,
    is_consented boolean NOT NULL,
    alerts text[] NOT NULL,
    joined_to text,
    restricted boolean NOT NULL
)
WITH (fillfactor='80');

ALTER TABLE ONLY practice.onboarding_case FORCE ROW LEVEL SECURITY;

ALTER TABLE practice.onboarding_case OWNER TO primary_conect_owner;

COMMENT ON TABLE practice.onboarding_case IS 'One row for each hot onboarding case, under the practice in force of its patient: what a practice may see of it. Read only within an access record of that practice or of the hospital.';

COMMENT ON COLUMN practice.onboarding_case.hospital IS 'The hospital, in whose log the case stands.';

COMMENT ON COLUMN practice.onboarding_case.case_id IS 'Opaque name of the case, the same after each rebuild.';

COMMENT ON COLUMN practice.onboarding_case.stream IS 'Its stream in the log of the hospital. Bears the patient''s key: shown to nobody.';

COMMENT ON COLUMN practice.onboarding_case.practice IS 'Registered practice in force of the patient; UNKNOWN if none.';

COMMENT ON COLUMN practice.onboarding_case.patient_ref IS 'Ref of the patient for that practice.';

COMMENT ON COLUMN practice.onboarding_case.encounter_ref IS 'Ref for that practice of the stay that the case is about.';

COMMENT ON COLUMN practice.onboarding_case.state IS 'Where it stands: identified, flagged, triaged, visit-planned, visit-offered, deferred, consented, onboarding, handed-over, closed, declined, not-suitable, lost, died or withdrawn.';

COMMENT ON COLUMN practice.onboarding_case.board IS 'The same in the words of the huddle''s board.';

COMMENT ON COLUMN practice.onboarding_case.since IS 'Since when it stands there.';

COMMENT ON COLUMN practice.onboarding_case.opened_at IS 'When this round was opened.';

COMMENT ON COLUMN practice.onboarding_case.version IS 'Number of events of the case.';

COMMENT ON COLUMN practice.onboarding_case.round IS 'How often the case has been opened.';

COMMENT ON COLUMN practice.onboarding_case.next_step IS 'The transition that comes next; null once ended.';

COMMENT ON COLUMN practice.onboarding_case.hospital_section IS 'Section of the hospital''s work list; null if not on it.';

COMMENT ON COLUMN practice.onboarding_case.care_section IS 'Section of the complex care team''s work list; null if not on it: not consented, or ended.';

COMMENT ON COLUMN practice.onboarding_case.priority IS 'urgent, soon or routine, once triaged.';

COMMENT ON COLUMN practice.onboarding_case.owner IS 'Who sees to it: person:<name> or role:<role>; null for the team as a whole.';

COMMENT ON COLUMN practice.onboarding_case.keyworker IS 'The keyworker, once onboarding has begun.';

COMMENT ON COLUMN practice.onboarding_case.outcome IS 'How a case that took its course ended.';

COMMENT ON COLUMN practice.onboarding_case.ending IS 'What ended the case before its course was run.';

COMMENT ON COLUMN practice.onboarding_case.due_on IS 'Day on which a patient who left the hospital is to be spoken to, yyyy-mm-dd.';

COMMENT ON COLUMN practice.onboarding_case.left_at IS 'When the patient left the hospital; null if in, or if nobody told when.';

COMMENT ON COLUMN practice.onboarding_case.visit_at IS 'When the patient is to be seen.';

COMMENT ON COLUMN practice.onboarding_case.deferred_until IS 'Until when it is put off.';

COMMENT ON COLUMN practice.onboarding_case.declined_until IS 'No rule suggests the patient before this.';

COMMENT ON COLUMN practice.onboarding_case.is_inpatient IS 'Whether the patient is an inpatient of the hospital now.';

COMMENT ON COLUMN practice.onboarding_case.is_consented IS 'Whether the patient agreed, in this round.';

COMMENT ON COLUMN practice.onboarding_case.alerts IS 'What has come up since a person last acted, ascending.';

COMMENT ON COLUMN practice.onboarding_case.joined_to IS 'The case that goes on in place of this one.';

COMMENT ON COLUMN practice.onboarding_case.restricted IS 'Sensitive: of which hospital it is a practice is not told.';

CREATE TABLE practice.onboarding_case_shadow (
    hospital text NOT NULL COLLATE pg_catalog."C",
    case_id text NOT NULL COLLATE pg_catalog."C",
    stream text NOT NULL COLLATE pg_catalog."C",
    practice text NOT NULL COLLATE pg_catalog."C",
    patient_ref text NOT NULL COLLATE pg_catalog."C",
    encounter_ref text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL,
    board text,
    since timestamp with time zone NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    version bigint NOT NULL,
    round integer NOT NULL,
    next_step text,
    hospital_section text,
    care_section text,
    priority text,
    owner text,
    keyworker text,
    outcome text,
    ending text,
    due_on text,
    left_at timestamp with time zone,
    visit_at timestamp with time zone,
    deferred_until timestamp with time zone,
    declined_until timestamp with time zone,
    is_inpatient boolean NOT NULL,
    is_consented boolean NOT NULL,
    alerts text[] NOT NULL,
    joined_to text,
    restricted boolean NOT NULL
)
WITH (fillfactor='80');

ALTER TABLE ONLY practice.onboarding_case_shadow FORCE ROW LEVEL SECURITY;

ALTER TABLE practice.onboarding_case_shadow OWNER TO primary_conect_owner;

COMMENT ON TABLE practice.onboarding_case_shadow IS 'Twin of practice.onboarding_case, in which a rebuild is made.';

COMMENT ON COLUMN practice.onboarding_case_shadow.hospital IS 'The hospital, in whose log the case stands.';

COMMENT ON COLUMN practice.onboarding_case_shadow.case_id IS 'Opaque name of the case, the same after each rebuild.';

COMMENT ON COLUMN practice.onboarding_case_shadow.stream IS 'Its stream in the log of the hospital. Bears the patient''s key: shown to nobody.';

COMMENT ON COLUMN practice.onboarding_case_shadow.practice IS 'Registered practice in force of the patient; UNKNOWN if none.';

COMMENT ON COLUMN practice.onboarding_case_shadow.patient_ref IS 'Ref of the patient for that practice.';

COMMENT ON COLUMN practice.onboarding_case_shadow.encounter_ref IS 'Ref for that practice of the stay that the case is about.';

COMMENT ON COLUMN practice.onboarding_case_shadow.state IS 'Where it stands: identified, flagged, triaged, visit-planned, visit-offered, deferred, consented, onboarding, handed-over, closed, declined, not-suitable, lost, died or withdrawn.';

COMMENT ON COLUMN practice.onboarding_case_shadow.board IS 'The same in the words of the huddle''s board.';

COMMENT ON COLUMN practice.onboarding_case_shadow.since IS 'Since when it stands there.';

COMMENT ON COLUMN practice.onboarding_case_shadow.opened_at IS 'When this round was opened.';

COMMENT ON COLUMN practice.onboarding_case_shadow.version IS 'Number of events of the case.';

COMMENT ON COLUMN practice.onboarding_case_shadow.round IS 'How often the case has been opened.';

COMMENT ON COLUMN practice.onboarding_case_shadow.next_step IS 'The transition that comes next; null once ended.';

COMMENT ON COLUMN practice.onboarding_case_shadow.hospital_section IS 'Section of the hospital''s work list; null if not on it.';

COMMENT ON COLUMN practice.onboarding_case_shadow.care_section IS 'Section of the complex care team''s work list; null if not on it: not consented, or ended.';

COMMENT ON COLUMN practice.onboarding_case_shadow.priority IS 'urgent, soon or routine, once triaged.';

COMMENT ON COLUMN practice.onboarding_case_shadow.owner IS 'Who sees to it: person:<name> or role:<role>; null for the team as a whole.';

COMMENT ON COLUMN practice.onboarding_case_shadow.keyworker IS 'The keyworker, once onboarding has begun.';

COMMENT ON COLUMN practice.onboarding_case_shadow.outcome IS 'How a case that took its course ended.';

COMMENT ON COLUMN practice.onboarding_case_shadow.ending IS 'What ended the case before its course was run.';

COMMENT ON COLUMN practice.onboarding_case_shadow.due_on IS 'Day on which a patient who left the hospital is to be spoken to, yyyy-mm-dd.';

COMMENT ON COLUMN practice.onboarding_case_shadow.left_at IS 'When the patient left the hospital; null if in, or if nobody told when.';

COMMENT ON COLUMN practice.onboarding_case_shadow.visit_at IS 'When the patient is to be seen.';

COMMENT ON COLUMN practice.onboarding_case_shadow.deferred_until IS 'Until when it is put off.';

COMMENT ON COLUMN practice.onboarding_case_shadow.declined_until IS 'No rule suggests the patient before this.';

COMMENT ON COLUMN practice.onboarding_case_shadow.is_inpatient IS 'Whether the patient is an inpatient of the hospital now.';

COMMENT ON COLUMN practice.onboarding_case_shadow.is_consented IS 'Whether the patient agreed, in this round.';

COMMENT ON COLUMN practice.onboarding_case_shadow.alerts IS 'What has come up since a person last acted, ascending.';

COMMENT ON COLUMN practice.onboarding_case_shadow.joined_to IS 'The case that goes on in place of this one.';

COMMENT ON COLUMN practice.onboarding_case_shadow.restricted IS 'Sensitive: of which hospital it is a practice is not told.';

CREATE TABLE practice.onboarding_detail (
    hospital text NOT NULL COLLATE pg_catalog."C",
    case_id text NOT NULL COLLATE pg_catalog."C",
    practice text NOT NULL COLLATE pg_catalog."C",
    is_with_care boolean NOT NULL,
    nhs_number text,
    family text,
    given text[] NOT NULL,
    prefix text,
    preferred text,
    born text,
    gender text,
    restricted boolean NOT NULL,
    admitted_at timestamp with time zone,
    admitted_precision text,
    site text,
    ward text,
    bay text,
    bed text,
    visit_ward text,
    findings text NOT NULL,
    reasons text[] NOT NULL,
    consent_version text,
    consent_given_on text,
    consent_capacity text,
    history text NOT NULL
)
WITH (fillfactor='80');

ALTER TABLE ONLY practice.onboarding_detail FORCE ROW LEVEL SECURITY;

ALTER TABLE practice.onboarding_detail OWNER TO primary_conect_owner;

COMMENT ON TABLE practice.onboarding_detail IS 'What those who work on a case see beside practice.onboarding_case: who the patient is and where, why, consent, and what was noted. Read only within an access record of the hospital, or of the complex care team once the patient agreed.';

COMMENT ON COLUMN practice.onboarding_detail.hospital IS 'The hospital.';

COMMENT ON COLUMN practice.onboarding_detail.case_id IS 'The case.';

COMMENT ON COLUMN practice.onboarding_detail.practice IS 'Registered practice in force of the patient; UNKNOWN if none.';

COMMENT ON COLUMN practice.onboarding_detail.is_with_care IS 'Whether the complex care team sees it: consented, not taken back, not ended.';

COMMENT ON COLUMN practice.onboarding_detail.nhs_number IS 'NHS number, ten digits.';

COMMENT ON COLUMN practice.onboarding_detail.family IS 'Family name.';

COMMENT ON COLUMN practice.onboarding_detail.given IS 'Given names in order.';

COMMENT ON COLUMN practice.onboarding_detail.prefix IS 'Title.';

COMMENT ON COLUMN practice.onboarding_detail.preferred IS 'Preferred name.';

COMMENT ON COLUMN practice.onboarding_detail.born IS 'Date of birth as told: yyyy-mm-dd, yyyy-mm or yyyy.';

COMMENT ON COLUMN practice.onboarding_detail.gender IS 'Gender as told.';

COMMENT ON COLUMN practice.onboarding_detail.restricted IS 'Sensitive: no place stands here.';

COMMENT ON COLUMN practice.onboarding_detail.admitted_at IS 'Admission of the open stay.';

COMMENT ON COLUMN practice.onboarding_detail.admitted_precision IS 'How exactly that was told.';

COMMENT ON COLUMN practice.onboarding_detail.site IS 'Where the patient is now: site. Null for a restricted patient, as are ward, bay, bed and visit_ward.';

COMMENT ON COLUMN practice.onboarding_detail.ward IS 'Ward.';

COMMENT ON COLUMN practice.onboarding_detail.bay IS 'Bay or room.';

COMMENT ON COLUMN practice.onboarding_detail.bed IS 'Bed.';

COMMENT ON COLUMN practice.onboarding_detail.visit_ward IS 'Ward for which the visit was planned.';

COMMENT ON COLUMN practice.onboarding_detail.findings IS 'Rules that suggest the patient, with version, what was measured and evidence: JSON.';

COMMENT ON COLUMN practice.onboarding_detail.reasons IS 'Why a person suggests the patient.';

COMMENT ON COLUMN practice.onboarding_detail.consent_version IS 'Which text the patient agreed to.';

COMMENT ON COLUMN practice.onboarding_detail.consent_given_on IS 'The day, yyyy-mm-dd.';

COMMENT ON COLUMN practice.onboarding_detail.consent_capacity IS 'What was seen of the patient''s capacity to decide.';

COMMENT ON COLUMN practice.onboarding_detail.history IS 'The latest steps, with who took them and what they noted: JSON.';

CREATE TABLE practice.onboarding_detail_shadow (
    hospital text NOT NULL COLLATE pg_catalog."C",
    case_id text NOT NULL COLLATE pg_catalog."C",
    practice text NOT NULL COLLATE pg_catalog."C",
    is_with_care boolean NOT NULL,
    nhs_number text,
    family text,
    given text[] NOT NULL,
    prefix text,
    preferred text,
    born text,
    gender text,
    restricted boolean NOT NULL,
    admitted_at timestamp with time zone,
    admitted_precision text,
    site text,
    ward text,
    bay text,
    bed text,
    visit_ward text,
    findings text NOT NULL,
    reasons text[] NOT NULL,
    consent_version text,
    consent_given_on text,
    consent_capacity text,
    history text NOT NULL
)
WITH (fillfactor='80');

ALTER TABLE ONLY practice.onboarding_detail_shadow FORCE ROW LEVEL SECURITY;

ALTER TABLE practice.onboarding_detail_shadow OWNER TO primary_conect_owner;

COMMENT ON TABLE practice.onboarding_detail_shadow IS 'Twin of practice.onboarding_detail, in which a rebuild is made.';

COMMENT ON COLUMN practice.onboarding_detail_shadow.hospital IS 'The hospital.';

COMMENT ON COLUMN practice.onboarding_detail_shadow.case_id IS 'The case.';

COMMENT ON COLUMN practice.onboarding_detail_shadow.practice IS 'Registered practice in force of the patient; UNKNOWN if none.';

COMMENT ON COLUMN practice.onboarding_detail_shadow.is_with_care IS 'Whether the complex care team sees it: consented, not taken back, not ended.';

COMMENT ON COLUMN practice.onboarding_detail_shadow.nhs_number IS 'NHS number, ten digits.';

COMMENT ON COLUMN practice.onboarding_detail_shadow.family IS 'Family name.';

COMMENT ON COLUMN practice.onboarding_detail_shadow.given IS 'Given names in order.';

COMMENT ON COLUMN practice.onboarding_detail_shadow.prefix IS 'Title.';

COMMENT ON COLUMN practice.onboarding_detail_shadow.preferred IS 'Preferred name.';

COMMENT ON COLUMN practice.onboarding_detail_shadow.born IS 'Date of birth as told: yyyy-mm-dd, yyyy-mm or yyyy.';

COMMENT ON COLUMN practice.onboarding_detail_shadow.gender IS 'Gender as told.';

COMMENT ON COLUMN practice.onboarding_detail_shadow.restricted IS 'Sensitive: no place stands here.';

COMMENT ON COLUMN practice.onboarding_detail_shadow.admitted_at IS 'Admission of the open stay.';

COMMENT ON COLUMN practice.onboarding_detail_shadow.admitted_precision IS 'How exactly that was told.';

COMMENT ON COLUMN practice.onboarding_detail_shadow.site IS 'Where the patient is now: site. Null for a restricted patient, as are ward, bay, bed and visit_ward.';

COMMENT ON COLUMN practice.onboarding_detail_shadow.ward IS 'Ward.';

COMMENT ON COLUMN practice.onboarding_detail_shadow.bay IS 'Bay or room.';

COMMENT ON COLUMN practice.onboarding_detail_shadow.bed IS 'Bed.';

COMMENT ON COLUMN practice.onboarding_detail_shadow.visit_ward IS 'Ward for which the visit was planned.';

COMMENT ON COLUMN practice.onboarding_detail_shadow.findings IS 'Rules that suggest the patient, with version, what was measured and evidence: JSON.';

COMMENT ON COLUMN practice.onboarding_detail_shadow.reasons IS 'Why a person suggests the patient.';

COMMENT ON COLUMN practice.onboarding_detail_shadow.consent_version IS 'Which text the patient agreed to.';

COMMENT ON COLUMN practice.onboarding_detail_shadow.consent_given_on IS 'The day, yyyy-mm-dd.';

COMMENT ON COLUMN practice.onboarding_detail_shadow.consent_capacity IS 'What was seen of the patient''s capacity to decide.';

COMMENT ON COLUMN practice.onboarding_detail_shadow.history IS 'The latest steps, with who took them and what they noted: JSON.';

CREATE TABLE practice.onboarding_follow (
    hospital text NOT NULL COLLATE pg_catalog."C",
    "position" bigint NOT NULL
)
WITH (fillfactor='50');

ALTER TABLE practice.onboarding_follow OWNER TO primary_conect_owner;

COMMENT ON TABLE practice.onboarding_follow IS 'How far what a hospital told has been held against its hot onboarding cases. Not a view: what follows from it are events.';

COMMENT ON COLUMN practice.onboarding_follow.hospital IS 'The hospital''s log.';

COMMENT ON COLUMN practice.onboarding_follow."position" IS 'Position of the last event looked at.';

CREATE TABLE practice.patient_state (
    hospital text NOT NULL COLLATE pg_catalog."C",
    patient text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL,
    nhs_number text COLLATE pg_catalog."C",
    formerly text[] COLLATE pg_catalog."C",
    last_told timestamp with time zone NOT NULL
)
WITH (fillfactor='80');
ALTER TABLE ONLY practice.patient_state ALTER COLUMN state SET COMPRESSION lz4;

ALTER TABLE practice.patient_state OWNER TO primary_conect_owner;

COMMENT ON TABLE practice.patient_state IS 'What the projector knows of each patient of a hospital.';

COMMENT ON COLUMN practice.patient_state.hospital IS 'The log.';

COMMENT ON COLUMN practice.patient_state.patient IS 'Patient key within the hospital: issuer|value of the local identifier, else NHS|number.';

COMMENT ON COLUMN practice.patient_state.state IS 'The Patient as canonical JSON.';

COMMENT ON COLUMN practice.patient_state.nhs_number IS 'NHS number of this record, if told and valid: finds who bears the same.';

COMMENT ON COLUMN practice.patient_state.formerly IS 'NHS numbers that were told of this record and are not its own now, if any.';

COMMENT ON COLUMN practice.patient_state.last_told IS 'When anything was last told that names this record.';

CREATE TABLE practice.patient_state_shadow (
    hospital text NOT NULL COLLATE pg_catalog."C",
    patient text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL,
    nhs_number text COLLATE pg_catalog."C",
    formerly text[] COLLATE pg_catalog."C",
    last_told timestamp with time zone NOT NULL
)
WITH (fillfactor='80');
ALTER TABLE ONLY practice.patient_state_shadow ALTER COLUMN state SET COMPRESSION lz4;

ALTER TABLE practice.patient_state_shadow OWNER TO primary_conect_owner;

COMMENT ON TABLE practice.patient_state_shadow IS 'Twin of practice.patient_state, in which a rebuild is made.';

COMMENT ON COLUMN practice.patient_state_shadow.hospital IS 'The log.';

COMMENT ON COLUMN practice.patient_state_shadow.patient IS 'Patient key within the hospital: issuer|value of the local identifier, else NHS|number.';

COMMENT ON COLUMN practice.patient_state_shadow.state IS 'The Patient as canonical JSON.';

COMMENT ON COLUMN practice.patient_state_shadow.nhs_number IS 'NHS number of this record, if told and valid: finds who bears the same.';

COMMENT ON COLUMN practice.patient_state_shadow.formerly IS 'NHS numbers that were told of this record and are not its own now, if any.';

COMMENT ON COLUMN practice.patient_state_shadow.last_told IS 'When anything was last told that names this record.';

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

CREATE TABLE practice.registration (
    practice text NOT NULL COLLATE pg_catalog."C",
    nhs_number text NOT NULL COLLATE pg_catalog."C",
    is_listed boolean NOT NULL,
    listed_from text,
    left_on text,
    family text NOT NULL,
    given text,
    born text NOT NULL,
    usual_gp text,
    care_home text,
    symphony_score smallint,
    symphony_scored_on text,
    on_caseload boolean NOT NULL,
    consented boolean NOT NULL,
    key_worker text,
    fopas_concern boolean NOT NULL,
    reviewed_on text,
    review_due_on text
)
WITH (fillfactor='90');

ALTER TABLE ONLY practice.registration FORCE ROW LEVEL SECURITY;

ALTER TABLE practice.registration OWNER TO primary_conect_owner;

COMMENT ON TABLE practice.registration IS 'One row for each person who is or was on a practice''s list, with what the practice says of them.';

COMMENT ON COLUMN practice.registration.practice IS 'Whose list (ODS code).';

COMMENT ON COLUMN practice.registration.nhs_number IS 'The person: NHS number, ten digits. Joins to practice.encounter by (practice, nhs_number).';

COMMENT ON COLUMN practice.registration.is_listed IS 'Whether the person is on the list now, by what the practice told.';

COMMENT ON COLUMN practice.registration.listed_from IS 'Since which day, yyyy-mm-dd, now or when last; null where the practice does not tell.';

COMMENT ON COLUMN practice.registration.left_on IS 'The day on which the person left, yyyy-mm-dd; null for one who is on the list.';

COMMENT ON COLUMN practice.registration.family IS 'Family name, as the practice says.';

COMMENT ON COLUMN practice.registration.given IS 'Given names, as the practice says.';

COMMENT ON COLUMN practice.registration.born IS 'Date of birth, yyyy-mm-dd, as the practice says.';

COMMENT ON COLUMN practice.registration.usual_gp IS 'The usual GP.';

COMMENT ON COLUMN practice.registration.care_home IS 'The care home the person lives in; yes where only that is told.';

COMMENT ON COLUMN practice.registration.symphony_score IS 'Symphony score of the list, 1 to 10.';

COMMENT ON COLUMN practice.registration.symphony_scored_on IS 'When it was scored, yyyy-mm-dd.';

COMMENT ON COLUMN practice.registration.on_caseload IS 'Whether the person is on the complex care team''s caseload.';

COMMENT ON COLUMN practice.registration.consented IS 'Whether the person has consented to that.';

COMMENT ON COLUMN practice.registration.key_worker IS 'Who looks after them there.';

COMMENT ON COLUMN practice.registration.fopas_concern IS 'Whether the frail and older persons'' service has a concern.';

COMMENT ON COLUMN practice.registration.reviewed_on IS 'Day of the last review, yyyy-mm-dd.';

COMMENT ON COLUMN practice.registration.review_due_on IS 'Day on which the next review is due, yyyy-mm-dd.';

CREATE TABLE practice.registration_point (
    told_at timestamp with time zone NOT NULL,
    "position" bigint NOT NULL,
    practice text NOT NULL COLLATE pg_catalog."C",
    nhs_number text NOT NULL COLLATE pg_catalog."C",
    is_listed boolean NOT NULL,
    listed_from text,
    born text NOT NULL
);

ALTER TABLE practice.registration_point OWNER TO primary_conect_owner;

COMMENT ON TABLE practice.registration_point IS 'The moments from which a practice says something else of whether a person is on its list: from these the practice in force follows.';

COMMENT ON COLUMN practice.registration_point.told_at IS 'When the practice told it; counts as standing behind all that hospitals told at or before.';

COMMENT ON COLUMN practice.registration_point."position" IS 'Position of the event in the log of the practice.';

COMMENT ON COLUMN practice.registration_point.practice IS 'Whose list (ODS code).';

COMMENT ON COLUMN practice.registration_point.nhs_number IS 'The person: NHS number, ten digits.';

COMMENT ON COLUMN practice.registration_point.is_listed IS 'Whether the person is on the list from here on.';

COMMENT ON COLUMN practice.registration_point.listed_from IS 'Since which day, yyyy-mm-dd; null where the practice does not tell.';

COMMENT ON COLUMN practice.registration_point.born IS 'Date of birth, yyyy-mm-dd, as the practice says: must agree with the hospital''s.';

CREATE TABLE practice.registration_point_shadow (
    told_at timestamp with time zone NOT NULL,
    "position" bigint NOT NULL,
    practice text NOT NULL COLLATE pg_catalog."C",
    nhs_number text NOT NULL COLLATE pg_catalog."C",
    is_listed boolean NOT NULL,
    listed_from text,
    born text NOT NULL
);

ALTER TABLE practice.registration_point_shadow OWNER TO primary_conect_owner;

COMMENT ON TABLE practice.registration_point_shadow IS 'Twin of practice.registration_point, in which a rebuild is made.';

COMMENT ON COLUMN practice.registration_point_shadow.told_at IS 'When the practice told it; counts as standing behind all that hospitals told at or before.';

COMMENT ON COLUMN practice.registration_point_shadow."position" IS 'Position of the event in the log of the practice.';

COMMENT ON COLUMN practice.registration_point_shadow.practice IS 'Whose list (ODS code).';

COMMENT ON COLUMN practice.registration_point_shadow.nhs_number IS 'The person: NHS number, ten digits.';

COMMENT ON COLUMN practice.registration_point_shadow.is_listed IS 'Whether the person is on the list from here on.';

COMMENT ON COLUMN practice.registration_point_shadow.listed_from IS 'Since which day, yyyy-mm-dd; null where the practice does not tell.';

COMMENT ON COLUMN practice.registration_point_shadow.born IS 'Date of birth, yyyy-mm-dd, as the practice says: must agree with the hospital''s.';

CREATE TABLE practice.registration_shadow (
    practice text NOT NULL COLLATE pg_catalog."C",
    nhs_number text NOT NULL COLLATE pg_catalog."C",
    is_listed boolean NOT NULL,
    listed_from text,
    left_on text,
    family text NOT NULL,
    given text,
    born text NOT NULL,
    usual_gp text,
    care_home text,
    symphony_score smallint,
    symphony_scored_on text,
    on_caseload boolean NOT NULL,
    consented boolean NOT NULL,
    key_worker text,
    fopas_concern boolean NOT NULL,
    reviewed_on text,
    review_due_on text
)
WITH (fillfactor='90');

ALTER TABLE ONLY practice.registration_shadow FORCE ROW LEVEL SECURITY;

ALTER TABLE practice.registration_shadow OWNER TO primary_conect_owner;

COMMENT ON TABLE practice.registration_shadow IS 'Twin of practice.registration, in which a rebuild is made.';

COMMENT ON COLUMN practice.registration_shadow.practice IS 'Whose list (ODS code).';

COMMENT ON COLUMN practice.registration_shadow.nhs_number IS 'The person: NHS number, ten digits. Joins to practice.encounter by (practice, nhs_number).';

COMMENT ON COLUMN practice.registration_shadow.is_listed IS 'Whether the person is on the list now, by what the practice told.';

COMMENT ON COLUMN practice.registration_shadow.listed_from IS 'Since which day, yyyy-mm-dd, now or when last; null where the practice does not tell.';

COMMENT ON COLUMN practice.registration_shadow.left_on IS 'The day on which the person left, yyyy-mm-dd; null for one who is on the list.';

COMMENT ON COLUMN practice.registration_shadow.family IS 'Family name, as the practice says.';

COMMENT ON COLUMN practice.registration_shadow.given IS 'Given names, as the practice says.';

COMMENT ON COLUMN practice.registration_shadow.born IS 'Date of birth, yyyy-mm-dd, as the practice says.';

COMMENT ON COLUMN practice.registration_shadow.usual_gp IS 'The usual GP.';

COMMENT ON COLUMN practice.registration_shadow.care_home IS 'The care home the person lives in; yes where only that is told.';

COMMENT ON COLUMN practice.registration_shadow.symphony_score IS 'Symphony score of the list, 1 to 10.';

COMMENT ON COLUMN practice.registration_shadow.symphony_scored_on IS 'When it was scored, yyyy-mm-dd.';

COMMENT ON COLUMN practice.registration_shadow.on_caseload IS 'Whether the person is on the complex care team''s caseload.';

COMMENT ON COLUMN practice.registration_shadow.consented IS 'Whether the person has consented to that.';

COMMENT ON COLUMN practice.registration_shadow.key_worker IS 'Who looks after them there.';

COMMENT ON COLUMN practice.registration_shadow.fopas_concern IS 'Whether the frail and older persons'' service has a concern.';

COMMENT ON COLUMN practice.registration_shadow.reviewed_on IS 'Day of the last review, yyyy-mm-dd.';

COMMENT ON COLUMN practice.registration_shadow.review_due_on IS 'Day on which the next review is due, yyyy-mm-dd.';

CREATE TABLE practice.registration_state (
    practice text NOT NULL COLLATE pg_catalog."C",
    nhs_number text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL
)
WITH (fillfactor='90');
ALTER TABLE ONLY practice.registration_state ALTER COLUMN state SET COMPRESSION lz4;

ALTER TABLE practice.registration_state OWNER TO primary_conect_owner;

COMMENT ON TABLE practice.registration_state IS 'What the projector knows of each person on each practice''s list.';

COMMENT ON COLUMN practice.registration_state.practice IS 'Whose list (ODS code).';

COMMENT ON COLUMN practice.registration_state.nhs_number IS 'The person: NHS number, ten digits.';

COMMENT ON COLUMN practice.registration_state.state IS 'The Registration as canonical JSON.';

CREATE TABLE practice.registration_state_shadow (
    practice text NOT NULL COLLATE pg_catalog."C",
    nhs_number text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL
)
WITH (fillfactor='90');
ALTER TABLE ONLY practice.registration_state_shadow ALTER COLUMN state SET COMPRESSION lz4;

ALTER TABLE practice.registration_state_shadow OWNER TO primary_conect_owner;

COMMENT ON TABLE practice.registration_state_shadow IS 'Twin of practice.registration_state, in which a rebuild is made.';

COMMENT ON COLUMN practice.registration_state_shadow.practice IS 'Whose list (ODS code).';

COMMENT ON COLUMN practice.registration_state_shadow.nhs_number IS 'The person: NHS number, ten digits.';

COMMENT ON COLUMN practice.registration_state_shadow.state IS 'The Registration as canonical JSON.';

CREATE TABLE practice.symphony (
    practice text NOT NULL COLLATE pg_catalog."C",
    patient_ref text NOT NULL COLLATE pg_catalog."C",
    hospital text NOT NULL COLLATE pg_catalog."C",
    score smallint NOT NULL,
    scored_on text NOT NULL,
    scored_by text NOT NULL,
    scored_at timestamp with time zone NOT NULL,
    version bigint NOT NULL,
    CONSTRAINT symphony_range CHECK (((score >= 1) AND (score <= 10)))
)
WITH (fillfactor='80');

ALTER TABLE ONLY practice.symphony FORCE ROW LEVEL SECURITY;

ALTER TABLE practice.symphony OWNER TO primary_conect_owner;

COMMENT ON TABLE practice.symphony IS 'Symphony scores that huddles entered by form: the one that counts. Read only within an access record.';

COMMENT ON COLUMN practice.symphony.practice IS 'The practice that scored.';

COMMENT ON COLUMN practice.symphony.patient_ref IS 'Ref of the patient for this practice, by the key that the patient had then.';

COMMENT ON COLUMN practice.symphony.hospital IS 'The hospital whose patient it is. Location: withheld for a restricted patient.';

COMMENT ON COLUMN practice.symphony.score IS '1 to 10; 10 needs the most contact.';

COMMENT ON COLUMN practice.symphony.scored_on IS 'The day of scoring, yyyy-mm-dd.';

COMMENT ON COLUMN practice.symphony.scored_by IS 'Who entered it, as the token names them.';

COMMENT ON COLUMN practice.symphony.scored_at IS 'When it was entered.';

COMMENT ON COLUMN practice.symphony.version IS 'Number of events of the patient''s score: its entity tag.';

CREATE TABLE practice.symphony_shadow (
    practice text NOT NULL COLLATE pg_catalog."C",
    patient_ref text NOT NULL COLLATE pg_catalog."C",
    hospital text NOT NULL COLLATE pg_catalog."C",
    score smallint NOT NULL,
    scored_on text NOT NULL,
    scored_by text NOT NULL,
    scored_at timestamp with time zone NOT NULL,
    version bigint NOT NULL,
    CONSTRAINT symphony_shadow_range CHECK (((score >= 1) AND (score <= 10)))
)
WITH (fillfactor='80');

ALTER TABLE ONLY practice.symphony_shadow FORCE ROW LEVEL SECURITY;

ALTER TABLE practice.symphony_shadow OWNER TO primary_conect_owner;

COMMENT ON TABLE practice.symphony_shadow IS 'Twin of practice.symphony, in which a rebuild is made.';

COMMENT ON COLUMN practice.symphony_shadow.practice IS 'The practice that scored.';

COMMENT ON COLUMN practice.symphony_shadow.patient_ref IS 'Ref of the patient for this practice, by the key that the patient had then.';

COMMENT ON COLUMN practice.symphony_shadow.hospital IS 'The hospital whose patient it is. Location: withheld for a restricted patient.';

COMMENT ON COLUMN practice.symphony_shadow.score IS '1 to 10; 10 needs the most contact.';

COMMENT ON COLUMN practice.symphony_shadow.scored_on IS 'The day of scoring, yyyy-mm-dd.';

COMMENT ON COLUMN practice.symphony_shadow.scored_by IS 'Who entered it, as the token names them.';

COMMENT ON COLUMN practice.symphony_shadow.scored_at IS 'When it was entered.';

COMMENT ON COLUMN practice.symphony_shadow.version IS 'Number of events of the patient''s score: its entity tag.';

CREATE TABLE practice.webhook (
    practice text NOT NULL COLLATE pg_catalog."C",
    webhook uuid NOT NULL,
    url text NOT NULL,
    types text[] NOT NULL,
    secret bytea NOT NULL,
    secret_before bytea,
    secret_before_until timestamp with time zone,
    state text DEFAULT 'on'::text NOT NULL,
    off_reason text,
    made_by text NOT NULL,
    made_at timestamp with time zone NOT NULL,
    epoch integer NOT NULL,
    count bigint NOT NULL,
    failing_since timestamp with time zone,
    test_due_at timestamp with time zone NOT NULL,
    leased_until timestamp with time zone NOT NULL,
    CONSTRAINT webhook_secret_length CHECK (((octet_length(secret) >= 24) AND (octet_length(secret) <= 64))),
    CONSTRAINT webhook_state CHECK (((state = ANY (ARRAY['on'::text, 'off'::text])) AND ((state = 'off'::text) = (off_reason IS NOT NULL))))
);

ALTER TABLE ONLY practice.webhook FORCE ROW LEVEL SECURITY;

ALTER TABLE practice.webhook OWNER TO primary_conect_owner;

COMMENT ON TABLE practice.webhook IS 'Addresses that practices want to be called at when something changes.';

COMMENT ON COLUMN practice.webhook.practice IS 'The practice of which changes are told.';

COMMENT ON COLUMN practice.webhook.webhook IS 'The webhook.';

COMMENT ON COLUMN practice.webhook.url IS 'Address that is called.';

COMMENT ON COLUMN practice.webhook.types IS 'Types of change that are told; empty for all.';

COMMENT ON COLUMN practice.webhook.secret IS 'Key of the signatures (Standard Webhooks); shown once, when it was made.';

COMMENT ON COLUMN practice.webhook.secret_before IS 'The key before it, which signs too while the receiver changes over.';

COMMENT ON COLUMN practice.webhook.secret_before_until IS 'Until when.';

COMMENT ON COLUMN practice.webhook.state IS 'on or off.';

COMMENT ON COLUMN practice.webhook.off_reason IS 'gone (the receiver answered 410) or failing (nothing taken for three days); null while on.';

COMMENT ON COLUMN practice.webhook.made_by IS 'Subject of the token with which it was made.';

COMMENT ON COLUMN practice.webhook.made_at IS 'When it was made.';

COMMENT ON COLUMN practice.webhook.epoch IS 'Which telling of the journal count belongs to.';

COMMENT ON COLUMN practice.webhook.count IS 'The change up to which deliveries have been made of the journal.';

COMMENT ON COLUMN practice.webhook.failing_since IS 'First failure since the last success; null after a success.';

COMMENT ON COLUMN practice.webhook.test_due_at IS 'When the next test event is due.';

COMMENT ON COLUMN practice.webhook.leased_until IS 'Until when one process delivers and the others stand by.';

ALTER TABLE ONLY access.assertion
    ADD CONSTRAINT assertion_pkey PRIMARY KEY (client, digest);

ALTER TABLE ONLY audit.access
    ADD CONSTRAINT access_pkey PRIMARY KEY (practice, id);

ALTER TABLE ONLY audit.break_glass
    ADD CONSTRAINT break_glass_pkey PRIMARY KEY (practice, id);

ALTER TABLE ONLY audit.break_glass_review
    ADD CONSTRAINT break_glass_review_pkey PRIMARY KEY (practice, break_glass);

ALTER TABLE ONLY audit.poll
    ADD CONSTRAINT poll_pkey PRIMARY KEY (practice, id);

ALTER TABLE ONLY audit.shown
    ADD CONSTRAINT shown_pkey PRIMARY KEY (practice, access, part);

ALTER TABLE ONLY event_log.checkpoint
    ADD CONSTRAINT checkpoint_pkey PRIMARY KEY (log, size);

ALTER TABLE ONLY event_log.command
    ADD CONSTRAINT command_pkey PRIMARY KEY (log, command_id);

ALTER TABLE ONLY event_log.event
    ADD CONSTRAINT event_pkey PRIMARY KEY (log, "position");

ALTER TABLE ONLY event_log.head
    ADD CONSTRAINT head_pkey PRIMARY KEY (log);

ALTER TABLE ONLY event_log.message
    ADD CONSTRAINT message_key UNIQUE (log, control_id, sender, digest);

ALTER TABLE ONLY event_log.message
    ADD CONSTRAINT message_pkey PRIMARY KEY (log, "position");

ALTER TABLE ONLY event_log.redaction
    ADD CONSTRAINT redaction_pkey PRIMARY KEY (log, "position");

ALTER TABLE ONLY event_log.subtree
    ADD CONSTRAINT subtree_pkey PRIMARY KEY (log, number);

ALTER TABLE ONLY practice.action
    ADD CONSTRAINT action_pkey PRIMARY KEY (practice, action_id);

ALTER TABLE ONLY practice.action_shadow
    ADD CONSTRAINT action_shadow_pkey PRIMARY KEY (practice, action_id);

ALTER TABLE ONLY practice.change
    ADD CONSTRAINT change_pkey PRIMARY KEY (practice, count);

ALTER TABLE ONLY practice.checkpoint
    ADD CONSTRAINT checkpoint_pkey PRIMARY KEY (hospital, projection);

ALTER TABLE ONLY practice.checkpoint_shadow
    ADD CONSTRAINT checkpoint_shadow_pkey PRIMARY KEY (hospital, projection);

ALTER TABLE ONLY practice.concern
    ADD CONSTRAINT concern_pkey PRIMARY KEY (practice, concern_id);

ALTER TABLE ONLY practice.concern_shadow
    ADD CONSTRAINT concern_shadow_pkey PRIMARY KEY (practice, concern_id);

ALTER TABLE ONLY practice.counter
    ADD CONSTRAINT counter_pkey PRIMARY KEY (practice);

ALTER TABLE ONLY practice.delivery
    ADD CONSTRAINT delivery_pkey PRIMARY KEY (practice, webhook, event);

ALTER TABLE ONLY practice.discussion
    ADD CONSTRAINT discussion_pkey PRIMARY KEY (practice, huddle_day, patient_ref);

ALTER TABLE ONLY practice.discussion_shadow
    ADD CONSTRAINT discussion_shadow_pkey PRIMARY KEY (practice, huddle_day, patient_ref);

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

ALTER TABLE ONLY practice.feed_rhythm
    ADD CONSTRAINT feed_rhythm_pkey PRIMARY KEY (hospital, feed, hour_of_week);

ALTER TABLE ONLY practice.feed_rhythm_shadow
    ADD CONSTRAINT feed_rhythm_shadow_pkey PRIMARY KEY (hospital, feed, hour_of_week);

ALTER TABLE ONLY practice.feed_shadow
    ADD CONSTRAINT feed_shadow_pkey PRIMARY KEY (hospital, feed);

ALTER TABLE ONLY practice.huddle
    ADD CONSTRAINT huddle_pkey PRIMARY KEY (practice, day);

ALTER TABLE ONLY practice.huddle_shadow
    ADD CONSTRAINT huddle_shadow_pkey PRIMARY KEY (practice, day);

ALTER TABLE ONLY practice.installation
    ADD CONSTRAINT installation_pkey PRIMARY KEY (singleton);

ALTER TABLE ONLY practice.list_version
    ADD CONSTRAINT list_version_pkey PRIMARY KEY (practice, list);

ALTER TABLE ONLY practice.onboarding_case
    ADD CONSTRAINT onboarding_case_pkey PRIMARY KEY (hospital, case_id);

ALTER TABLE ONLY practice.onboarding_case_shadow
    ADD CONSTRAINT onboarding_case_shadow_pkey PRIMARY KEY (hospital, case_id);

ALTER TABLE ONLY practice.onboarding_detail
    ADD CONSTRAINT onboarding_detail_pkey PRIMARY KEY (hospital, case_id);

ALTER TABLE ONLY practice.onboarding_detail_shadow
    ADD CONSTRAINT onboarding_detail_shadow_pkey PRIMARY KEY (hospital, case_id);

ALTER TABLE ONLY practice.onboarding_follow
    ADD CONSTRAINT onboarding_follow_pkey PRIMARY KEY (hospital);

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

ALTER TABLE ONLY practice.registration
    ADD CONSTRAINT registration_pkey PRIMARY KEY (practice, nhs_number);

ALTER TABLE ONLY practice.registration_point
    ADD CONSTRAINT registration_point_pkey PRIMARY KEY (practice, "position");

ALTER TABLE ONLY practice.registration_point_shadow
    ADD CONSTRAINT registration_point_shadow_pkey PRIMARY KEY (practice, "position");

ALTER TABLE ONLY practice.registration_shadow
    ADD CONSTRAINT registration_shadow_pkey PRIMARY KEY (practice, nhs_number);

ALTER TABLE ONLY practice.registration_state
    ADD CONSTRAINT registration_state_pkey PRIMARY KEY (practice, nhs_number);

ALTER TABLE ONLY practice.registration_state_shadow
    ADD CONSTRAINT registration_state_shadow_pkey PRIMARY KEY (practice, nhs_number);

ALTER TABLE ONLY practice.symphony
    ADD CONSTRAINT symphony_pkey PRIMARY KEY (practice, patient_ref);

ALTER TABLE ONLY practice.symphony_shadow
    ADD CONSTRAINT symphony_shadow_pkey PRIMARY KEY (practice, patient_ref);

ALTER TABLE ONLY practice.webhook
    ADD CONSTRAINT webhook_pkey PRIMARY KEY (practice, webhook);

CREATE INDEX assertion_expires_idx ON access.assertion USING btree (expires);

CREATE INDEX access_at_idx ON audit.access USING btree (practice, at);

CREATE INDEX access_break_glass_idx ON audit.access USING btree (practice, break_glass) WHERE (break_glass IS NOT NULL);

CREATE INDEX access_transaction_idx ON audit.access USING btree (transaction) WHERE (outcome = 'granted'::text);

CREATE INDEX poll_last_at_idx ON audit.poll USING btree (practice, last_at);

CREATE INDEX event_identity_idx ON event_log.event USING btree (log, "position") WHERE (type = ANY (ARRAY['encounter.merged.v1'::text, 'encounter.renumbered.v1'::text, 'patient.merged.v1'::text, 'patient.moved.v1'::text, 'patient.renumbered.v1'::text, 'patient.unmerged.v1'::text]));

CREATE INDEX event_stream ON event_log.event USING btree (log, stream, "position");

CREATE INDEX message_waiting ON event_log.message USING btree (log, "position") WHERE (disposition = 'quarantined'::text);

CREATE INDEX action_patient_idx ON practice.action USING btree (practice, patient_ref);

CREATE INDEX action_shadow_patient_idx ON practice.action_shadow USING btree (practice, patient_ref);

CREATE INDEX change_made_at_idx ON practice.change USING btree (practice, made_at);

CREATE INDEX concern_patient_idx ON practice.concern USING btree (practice, patient_ref);

CREATE INDEX concern_shadow_patient_idx ON practice.concern_shadow USING btree (practice, patient_ref);

CREATE INDEX delivery_due_idx ON practice.delivery USING btree (practice, webhook, due_at) WHERE (state = 'waiting'::text);

CREATE INDEX encounter_admitted_idx ON practice.encounter USING btree (practice, admitted_told_at) WHERE ((class = 'inpatient'::text) AND (status = ANY (ARRAY['arrived'::text, 'in-progress'::text, 'onleave'::text, 'finished'::text])));

CREATE INDEX encounter_attendances_idx ON practice.encounter USING btree (practice, started_at) INCLUDE (patient_ref, nhs_number, last_told_at) WHERE (is_attendance AND (status = ANY (ARRAY['arrived'::text, 'in-progress'::text, 'onleave'::text, 'finished'::text])));

CREATE INDEX encounter_attended_idx ON practice.encounter USING btree (practice, GREATEST(arrived_told_at, discharged_told_at)) WHERE (is_attendance AND (status = ANY (ARRAY['arrived'::text, 'in-progress'::text, 'onleave'::text, 'finished'::text])));

CREATE INDEX encounter_corrected_idx ON practice.encounter USING btree (practice, COALESCE(withdrawn_at, last_told_at)) WHERE ((class <> 'preadmit'::text) AND (status = ANY (ARRAY['cancelled'::text, 'entered-in-error'::text, 'withdrawn'::text])));

CREATE INDEX encounter_death_idx ON practice.encounter USING btree (practice, death_told_at) WHERE is_deceased;

CREATE INDEX encounter_discharged_idx ON practice.encounter USING btree (practice, discharged_told_at) WHERE ((class = 'inpatient'::text) AND (status = 'finished'::text));

CREATE INDEX encounter_former_idx ON practice.encounter USING btree (practice) WHERE (former_refs IS NOT NULL);

CREATE INDEX encounter_hospital_idx ON practice.encounter USING btree (hospital, started_at, encounter_ref) WHERE ((class = 'inpatient'::text) AND (status = ANY (ARRAY['arrived'::text, 'in-progress'::text, 'onleave'::text])));

CREATE INDEX encounter_moved_idx ON practice.encounter USING btree (practice, shown_since) WHERE (shown_since > first_told_at);

CREATE INDEX encounter_open_idx ON practice.encounter USING btree (practice, started_at, encounter_ref) WHERE ((class = 'inpatient'::text) AND (status = ANY (ARRAY['arrived'::text, 'in-progress'::text, 'onleave'::text])));

CREATE INDEX encounter_patient_idx ON practice.encounter USING btree (practice, hospital, patient_ref);

CREATE INDEX encounter_person_idx ON practice.encounter USING btree (practice, (
CASE
    WHEN (nhs_number IS NULL) THEN patient_ref
    ELSE (nhs_number COLLATE "C")
END));

CREATE INDEX encounter_restricted_idx ON practice.encounter USING btree (hospital) WHERE restricted;

CREATE INDEX encounter_shadow_admitted_idx ON practice.encounter_shadow USING btree (practice, admitted_told_at) WHERE ((class = 'inpatient'::text) AND (status = ANY (ARRAY['arrived'::text, 'in-progress'::text, 'onleave'::text, 'finished'::text])));

CREATE INDEX encounter_shadow_attendances_idx ON practice.encounter_shadow USING btree (practice, started_at) INCLUDE (patient_ref, nhs_number, last_told_at) WHERE (is_attendance AND (status = ANY (ARRAY['arrived'::text, 'in-progress'::text, 'onleave'::text, 'finished'::text])));

CREATE INDEX encounter_shadow_attended_idx ON practice.encounter_shadow USING btree (practice, GREATEST(arrived_told_at, discharged_told_at)) WHERE (is_attendance AND (status = ANY (ARRAY['arrived'::text, 'in-progress'::text, 'onleave'::text, 'finished'::text])));

CREATE INDEX encounter_shadow_corrected_idx ON practice.encounter_shadow USING btree (practice, COALESCE(withdrawn_at, last_told_at)) WHERE ((class <> 'preadmit'::text) AND (status = ANY (ARRAY['cancelled'::text, 'entered-in-error'::text, 'withdrawn'::text])));

CREATE INDEX encounter_shadow_death_idx ON practice.encounter_shadow USING btree (practice, death_told_at) WHERE is_deceased;

CREATE INDEX encounter_shadow_discharged_idx ON practice.encounter_shadow USING btree (practice, discharged_told_at) WHERE ((class = 'inpatient'::text) AND (status = 'finished'::text));

CREATE INDEX encounter_shadow_former_idx ON practice.encounter_shadow USING btree (practice) WHERE (former_refs IS NOT NULL);

CREATE INDEX encounter_shadow_hospital_idx ON practice.encounter_shadow USING btree (hospital, started_at, encounter_ref) WHERE ((class = 'inpatient'::text) AND (status = ANY (ARRAY['arrived'::text, 'in-progress'::text, 'onleave'::text])));

CREATE INDEX encounter_shadow_moved_idx ON practice.encounter_shadow USING btree (practice, shown_since) WHERE (shown_since > first_told_at);

CREATE INDEX encounter_shadow_open_idx ON practice.encounter_shadow USING btree (practice, started_at, encounter_ref) WHERE ((class = 'inpatient'::text) AND (status = ANY (ARRAY['arrived'::text, 'in-progress'::text, 'onleave'::text])));

CREATE INDEX encounter_shadow_patient_idx ON practice.encounter_shadow USING btree (practice, hospital, patient_ref);

CREATE INDEX encounter_shadow_person_idx ON practice.encounter_shadow USING btree (practice, (
CASE
    WHEN (nhs_number IS NULL) THEN patient_ref
    ELSE (nhs_number COLLATE "C")
END));

CREATE INDEX encounter_shadow_restricted_idx ON practice.encounter_shadow USING btree (hospital) WHERE restricted;

CREATE INDEX encounter_shadow_started_idx ON practice.encounter_shadow USING btree (practice, started_at, encounter_ref);

CREATE INDEX encounter_shadow_stays_idx ON practice.encounter_shadow USING btree (practice, started_at) INCLUDE (patient_ref, nhs_number, admission_method, last_told_at) WHERE ((class = 'inpatient'::text) AND (status = ANY (ARRAY['arrived'::text, 'in-progress'::text, 'onleave'::text, 'finished'::text])));

CREATE INDEX encounter_shadow_told_idx ON practice.encounter_shadow USING btree (practice, last_told_at) INCLUDE (first_told_at, started_at);

CREATE INDEX encounter_shadow_withdrawn_idx ON practice.encounter_shadow USING btree (practice, withdrawn_at) WHERE (status = 'withdrawn'::text);

CREATE INDEX encounter_started_idx ON practice.encounter USING btree (practice, started_at, encounter_ref);

CREATE INDEX encounter_state_formerly_idx ON practice.encounter_state USING gin (formerly) WHERE (formerly IS NOT NULL);

CREATE INDEX encounter_state_patient_idx ON practice.encounter_state USING btree (hospital, patient);

CREATE INDEX encounter_state_shadow_formerly_idx ON practice.encounter_state_shadow USING gin (formerly) WHERE (formerly IS NOT NULL);

CREATE INDEX encounter_state_shadow_patient_idx ON practice.encounter_state_shadow USING btree (hospital, patient);

CREATE INDEX encounter_stays_idx ON practice.encounter USING btree (practice, started_at) INCLUDE (patient_ref, nhs_number, admission_method, last_told_at) WHERE ((class = 'inpatient'::text) AND (status = ANY (ARRAY['arrived'::text, 'in-progress'::text, 'onleave'::text, 'finished'::text])));

CREATE INDEX encounter_told_idx ON practice.encounter USING btree (practice, last_told_at) INCLUDE (first_told_at, started_at);

CREATE INDEX encounter_withdrawn_idx ON practice.encounter USING btree (practice, withdrawn_at) WHERE (status = 'withdrawn'::text);

CREATE INDEX onboarding_case_practice_idx ON practice.onboarding_case USING btree (practice, patient_ref);

CREATE INDEX onboarding_case_shadow_practice_idx ON practice.onboarding_case_shadow USING btree (practice, patient_ref);

CREATE INDEX onboarding_case_shadow_stream_idx ON practice.onboarding_case_shadow USING btree (hospital, stream);

CREATE INDEX onboarding_case_stream_idx ON practice.onboarding_case USING btree (hospital, stream);

CREATE INDEX patient_state_formerly_idx ON practice.patient_state USING gin (formerly) WHERE (formerly IS NOT NULL);

CREATE INDEX patient_state_nhs_number_idx ON practice.patient_state USING btree (hospital, nhs_number) WHERE (nhs_number IS NOT NULL);

CREATE INDEX patient_state_shadow_formerly_idx ON practice.patient_state_shadow USING gin (formerly) WHERE (formerly IS NOT NULL);

CREATE INDEX patient_state_shadow_nhs_number_idx ON practice.patient_state_shadow USING btree (hospital, nhs_number) WHERE (nhs_number IS NOT NULL);

CREATE INDEX registration_point_nhs_number_idx ON practice.registration_point USING btree (nhs_number);

CREATE INDEX registration_point_shadow_nhs_number_idx ON practice.registration_point_shadow USING btree (nhs_number);

CREATE TRIGGER access_refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON audit.access FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();

ALTER TABLE audit.access ENABLE ALWAYS TRIGGER access_refuse_change;

COMMENT ON TRIGGER access_refuse_change ON audit.access IS 'Append only.';

CREATE TRIGGER break_glass_refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON audit.break_glass FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();

ALTER TABLE audit.break_glass ENABLE ALWAYS TRIGGER break_glass_refuse_change;

COMMENT ON TRIGGER break_glass_refuse_change ON audit.break_glass IS 'Append only.';

CREATE TRIGGER break_glass_review_refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON audit.break_glass_review FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();

ALTER TABLE audit.break_glass_review ENABLE ALWAYS TRIGGER break_glass_review_refuse_change;

COMMENT ON TRIGGER break_glass_review_refuse_change ON audit.break_glass_review IS 'Append only.';

CREATE TRIGGER poll_refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON audit.poll FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();

ALTER TABLE audit.poll ENABLE ALWAYS TRIGGER poll_refuse_change;

COMMENT ON TRIGGER poll_refuse_change ON audit.poll IS 'Append only.';

CREATE TRIGGER shown_refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON audit.shown FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();

ALTER TABLE audit.shown ENABLE ALWAYS TRIGGER shown_refuse_change;

COMMENT ON TRIGGER shown_refuse_change ON audit.shown IS 'Append only.';

CREATE TRIGGER checkpoint_refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON event_log.checkpoint FOR EACH STATEMENT EXECUTE FUNCTION event_log.refuse_change();

ALTER TABLE event_log.checkpoint ENABLE ALWAYS TRIGGER checkpoint_refuse_change;

COMMENT ON TRIGGER checkpoint_refuse_change ON event_log.checkpoint IS 'Append only.';

CREATE TRIGGER command_refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON event_log.command FOR EACH STATEMENT EXECUTE FUNCTION event_log.refuse_change();

ALTER TABLE event_log.command ENABLE ALWAYS TRIGGER command_refuse_change;

COMMENT ON TRIGGER command_refuse_change ON event_log.command IS 'Append only.';

CREATE TRIGGER event_refuse_all_but_redaction BEFORE UPDATE ON event_log.event FOR EACH ROW EXECUTE FUNCTION event_log.refuse_all_but_redaction();

ALTER TABLE event_log.event ENABLE ALWAYS TRIGGER event_refuse_all_but_redaction;

COMMENT ON TRIGGER event_refuse_all_but_redaction ON event_log.event IS 'What redacts may take out payload or bytes with their salt, the digest being kept, and nothing else.';

CREATE TRIGGER event_refuse_change BEFORE DELETE OR TRUNCATE ON event_log.event FOR EACH STATEMENT EXECUTE FUNCTION event_log.refuse_change();

ALTER TABLE event_log.event ENABLE ALWAYS TRIGGER event_refuse_change;

COMMENT ON TRIGGER event_refuse_change ON event_log.event IS 'Append only.';

CREATE TRIGGER event_refuse_update BEFORE UPDATE ON event_log.event FOR EACH STATEMENT EXECUTE FUNCTION event_log.refuse_update();

ALTER TABLE event_log.event ENABLE ALWAYS TRIGGER event_refuse_update;

COMMENT ON TRIGGER event_refuse_update ON event_log.event IS 'No update but in a transaction that redacts.';

CREATE TRIGGER head_refuse_change BEFORE DELETE OR TRUNCATE ON event_log.head FOR EACH STATEMENT EXECUTE FUNCTION event_log.refuse_change();

ALTER TABLE event_log.head ENABLE ALWAYS TRIGGER head_refuse_change;

COMMENT ON TRIGGER head_refuse_change ON event_log.head IS 'A log cannot be forgotten.';

CREATE TRIGGER head_refuse_retreat BEFORE UPDATE ON event_log.head FOR EACH ROW WHEN (((new.log <> old.log) OR (new."position" <= old."position") OR (new.recorded_at < old.recorded_at))) EXECUTE FUNCTION event_log.refuse_change();

ALTER TABLE event_log.head ENABLE ALWAYS TRIGGER head_refuse_retreat;

COMMENT ON TRIGGER head_refuse_retreat ON event_log.head IS 'A log only grows.';

CREATE TRIGGER message_refuse_all_but_redaction BEFORE UPDATE ON event_log.message FOR EACH ROW EXECUTE FUNCTION event_log.refuse_all_but_redaction();

ALTER TABLE event_log.message ENABLE ALWAYS TRIGGER message_refuse_all_but_redaction;

COMMENT ON TRIGGER message_refuse_all_but_redaction ON event_log.message IS 'What redacts may take out payload or bytes with their salt, the digest being kept, and nothing else.';

CREATE TRIGGER message_refuse_change BEFORE DELETE OR TRUNCATE ON event_log.message FOR EACH STATEMENT EXECUTE FUNCTION event_log.refuse_change();

ALTER TABLE event_log.message ENABLE ALWAYS TRIGGER message_refuse_change;

COMMENT ON TRIGGER message_refuse_change ON event_log.message IS 'Append only.';

CREATE TRIGGER message_refuse_update BEFORE UPDATE ON event_log.message FOR EACH STATEMENT EXECUTE FUNCTION event_log.refuse_update();

ALTER TABLE event_log.message ENABLE ALWAYS TRIGGER message_refuse_update;

COMMENT ON TRIGGER message_refuse_update ON event_log.message IS 'No update but in a transaction that redacts.';

CREATE TRIGGER redaction_refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON event_log.redaction FOR EACH STATEMENT EXECUTE FUNCTION event_log.refuse_change();

ALTER TABLE event_log.redaction ENABLE ALWAYS TRIGGER redaction_refuse_change;

COMMENT ON TRIGGER redaction_refuse_change ON event_log.redaction IS 'Append only.';

CREATE TRIGGER subtree_refuse_change BEFORE DELETE OR UPDATE OR TRUNCATE ON event_log.subtree FOR EACH STATEMENT EXECUTE FUNCTION event_log.refuse_change();

ALTER TABLE event_log.subtree ENABLE ALWAYS TRIGGER subtree_refuse_change;

COMMENT ON TRIGGER subtree_refuse_change ON event_log.subtree IS 'Append only.';

ALTER TABLE ONLY audit.access
    ADD CONSTRAINT access_break_glass_fkey FOREIGN KEY (practice, break_glass) REFERENCES audit.break_glass(practice, id);

ALTER TABLE ONLY audit.break_glass_review
    ADD CONSTRAINT break_glass_review_fkey FOREIGN KEY (practice, break_glass) REFERENCES audit.break_glass(practice, id);

ALTER TABLE ONLY audit.shown
    ADD CONSTRAINT shown_access_fkey FOREIGN KEY (practice, access) REFERENCES audit.access(practice, id);

ALTER TABLE ONLY practice.delivery
    ADD CONSTRAINT delivery_webhook FOREIGN KEY (practice, webhook) REFERENCES practice.webhook(practice, webhook) ON DELETE CASCADE;

ALTER TABLE practice.action ENABLE ROW LEVEL SECURITY;

CREATE POLICY action_audited ON practice.action FOR SELECT TO primary_conect_auditor USING (true);

COMMENT ON POLICY action_audited ON practice.action IS 'The auditor reads all.';

CREATE POLICY action_audited ON practice.action_shadow FOR SELECT TO primary_conect_auditor USING (true);

COMMENT ON POLICY action_audited ON practice.action_shadow IS 'The auditor reads all.';

CREATE POLICY action_projected ON practice.action TO primary_conect_projector USING (true) WITH CHECK (true);

COMMENT ON POLICY action_projected ON practice.action IS 'The projector writes for every practice.';

CREATE POLICY action_projected ON practice.action_shadow TO primary_conect_projector USING (true) WITH CHECK (true);

COMMENT ON POLICY action_projected ON practice.action_shadow IS 'The projector writes for every practice.';

ALTER TABLE practice.action_shadow ENABLE ROW LEVEL SECURITY;

CREATE POLICY action_within_access ON practice.action FOR SELECT TO primary_conect_service USING ((practice = ( SELECT audit.current_practice() AS current_practice)));

COMMENT ON POLICY action_within_access ON practice.action IS 'The access record is the scope.';

CREATE POLICY action_within_access ON practice.action_shadow FOR SELECT TO primary_conect_service USING ((practice = ( SELECT audit.current_practice() AS current_practice)));

COMMENT ON POLICY action_within_access ON practice.action_shadow IS 'The access record is the scope.';

ALTER TABLE practice.change ENABLE ROW LEVEL SECURITY;

CREATE POLICY change_audited ON practice.change FOR SELECT TO primary_conect_auditor USING (true);

COMMENT ON POLICY change_audited ON practice.change IS 'The auditor reads all.';

CREATE POLICY change_projected ON practice.change TO primary_conect_projector USING (true) WITH CHECK (true);

COMMENT ON POLICY change_projected ON practice.change IS 'The projector tells every practice.';

CREATE POLICY change_within_access ON practice.change FOR SELECT TO primary_conect_service USING ((practice = ( SELECT audit.current_practice() AS current_practice)));

COMMENT ON POLICY change_within_access ON practice.change IS 'The access record is the scope.';

ALTER TABLE practice.concern ENABLE ROW LEVEL SECURITY;

CREATE POLICY concern_audited ON practice.concern FOR SELECT TO primary_conect_auditor USING (true);

COMMENT ON POLICY concern_audited ON practice.concern IS 'The auditor reads all.';

CREATE POLICY concern_audited ON practice.concern_shadow FOR SELECT TO primary_conect_auditor USING (true);

COMMENT ON POLICY concern_audited ON practice.concern_shadow IS 'The auditor reads all.';

CREATE POLICY concern_projected ON practice.concern TO primary_conect_projector USING (true) WITH CHECK (true);

COMMENT ON POLICY concern_projected ON practice.concern IS 'The projector writes for every practice.';

CREATE POLICY concern_projected ON practice.concern_shadow TO primary_conect_projector USING (true) WITH CHECK (true);

COMMENT ON POLICY concern_projected ON practice.concern_shadow IS 'The projector writes for every practice.';

ALTER TABLE practice.concern_shadow ENABLE ROW LEVEL SECURITY;

CREATE POLICY concern_within_access ON practice.concern FOR SELECT TO primary_conect_service USING ((practice = ( SELECT audit.current_practice() AS current_practice)));

COMMENT ON POLICY concern_within_access ON practice.concern IS 'The access record is the scope.';

CREATE POLICY concern_within_access ON practice.concern_shadow FOR SELECT TO primary_conect_service USING ((practice = ( SELECT audit.current_practice() AS current_practice)));

COMMENT ON POLICY concern_within_access ON practice.concern_shadow IS 'The access record is the scope.';

ALTER TABLE practice.delivery ENABLE ROW LEVEL SECURITY;

CREATE POLICY delivery_audited ON practice.delivery FOR SELECT TO primary_conect_auditor USING (true);

COMMENT ON POLICY delivery_audited ON practice.delivery IS 'The auditor reads all that its grant names: no secret.';

CREATE POLICY delivery_delivered ON practice.delivery TO primary_conect_owner USING (true) WITH CHECK (true);

COMMENT ON POLICY delivery_delivered ON practice.delivery IS 'For practice.webhooks_due, settle_delivery and release_webhook, which act as the owner.';

CREATE POLICY delivery_unsaid ON practice.delivery TO primary_conect_projector USING (true) WITH CHECK (false);

COMMENT ON POLICY delivery_unsaid ON practice.delivery IS 'For practice.unsay_encounters: what came to be withheld is sent to nobody.';

CREATE POLICY delivery_within_access ON practice.delivery TO primary_conect_service USING ((practice = ( SELECT audit.current_practice() AS current_practice))) WITH CHECK ((practice = ( SELECT audit.current_practice() AS current_practice)));

COMMENT ON POLICY delivery_within_access ON practice.delivery IS 'The access record is the scope.';

ALTER TABLE practice.discussion ENABLE ROW LEVEL SECURITY;

CREATE POLICY discussion_audited ON practice.discussion FOR SELECT TO primary_conect_auditor USING (true);

COMMENT ON POLICY discussion_audited ON practice.discussion IS 'The auditor reads all.';

CREATE POLICY discussion_audited ON practice.discussion_shadow FOR SELECT TO primary_conect_auditor USING (true);

COMMENT ON POLICY discussion_audited ON practice.discussion_shadow IS 'The auditor reads all.';

CREATE POLICY discussion_projected ON practice.discussion TO primary_conect_projector USING (true) WITH CHECK (true);

COMMENT ON POLICY discussion_projected ON practice.discussion IS 'The projector writes for every practice.';

CREATE POLICY discussion_projected ON practice.discussion_shadow TO primary_conect_projector USING (true) WITH CHECK (true);

COMMENT ON POLICY discussion_projected ON practice.discussion_shadow IS 'The projector writes for every practice.';

ALTER TABLE practice.discussion_shadow ENABLE ROW LEVEL SECURITY;

CREATE POLICY discussion_within_access ON practice.discussion FOR SELECT TO primary_conect_service USING ((practice = ( SELECT audit.current_practice() AS current_practice)));

COMMENT ON POLICY discussion_within_access ON practice.discussion IS 'The access record is the scope.';

CREATE POLICY discussion_within_access ON practice.discussion_shadow FOR SELECT TO primary_conect_service USING ((practice = ( SELECT audit.current_practice() AS current_practice)));

COMMENT ON POLICY discussion_within_access ON practice.discussion_shadow IS 'The access record is the scope.';

ALTER TABLE practice.encounter ENABLE ROW LEVEL SECURITY;

CREATE POLICY encounter_audited ON practice.encounter FOR SELECT TO primary_conect_auditor USING (true);

COMMENT ON POLICY encounter_audited ON practice.encounter IS 'The auditor reads all.';

CREATE POLICY encounter_audited ON practice.encounter_shadow FOR SELECT TO primary_conect_auditor USING (true);

COMMENT ON POLICY encounter_audited ON practice.encounter_shadow IS 'The auditor reads all.';

CREATE POLICY encounter_projected ON practice.encounter TO primary_conect_projector USING (true) WITH CHECK (true);

COMMENT ON POLICY encounter_projected ON practice.encounter IS 'The projector writes for every practice.';

CREATE POLICY encounter_projected ON practice.encounter_shadow TO primary_conect_projector USING (true) WITH CHECK (true);

COMMENT ON POLICY encounter_projected ON practice.encounter_shadow IS 'The projector writes for every practice.';

CREATE POLICY encounter_recounted ON practice.encounter FOR SELECT TO primary_conect_owner USING (true);

COMMENT ON POLICY encounter_recounted ON practice.encounter IS 'The functions that tell a history keep to the access record themselves.';

CREATE POLICY encounter_recounted ON practice.encounter_shadow FOR SELECT TO primary_conect_owner USING (true);

COMMENT ON POLICY encounter_recounted ON practice.encounter_shadow IS 'The functions that tell a history keep to the access record themselves.';

ALTER TABLE practice.encounter_shadow ENABLE ROW LEVEL SECURITY;

CREATE POLICY encounter_within_access ON practice.encounter FOR SELECT TO primary_conect_service USING (
CASE
    WHEN (practice = ( SELECT audit.current_practice() AS current_practice)) THEN true
    ELSE ((hospital = ( SELECT audit.current_practice() AS current_practice)) AND (class = 'inpatient'::text) AND (status = ANY (ARRAY['arrived'::text, 'in-progress'::text, 'onleave'::text])))
END);

COMMENT ON POLICY encounter_within_access ON practice.encounter IS 'The access record is the scope. Within one of a hospital: its inpatients now, of whatever practice, and nobody else.';

CREATE POLICY encounter_within_access ON practice.encounter_shadow FOR SELECT TO primary_conect_service USING (
CASE
    WHEN (practice = ( SELECT audit.current_practice() AS current_practice)) THEN true
    ELSE ((hospital = ( SELECT audit.current_practice() AS current_practice)) AND (class = 'inpatient'::text) AND (status = ANY (ARRAY['arrived'::text, 'in-progress'::text, 'onleave'::text])))
END);

COMMENT ON POLICY encounter_within_access ON practice.encounter_shadow IS 'The access record is the scope. Within one of a hospital: its inpatients now, of whatever practice, and nobody else.';

ALTER TABLE practice.feed ENABLE ROW LEVEL SECURITY;

CREATE POLICY feed_projected ON practice.feed TO primary_conect_projector USING (true) WITH CHECK (true);

COMMENT ON POLICY feed_projected ON practice.feed IS 'The projector writes for every hospital.';

CREATE POLICY feed_projected ON practice.feed_shadow TO primary_conect_projector USING (true) WITH CHECK (true);

COMMENT ON POLICY feed_projected ON practice.feed_shadow IS 'The projector writes for every hospital.';

CREATE POLICY feed_pulsed ON practice.feed FOR SELECT TO primary_conect_owner USING (true);

COMMENT ON POLICY feed_pulsed ON practice.feed IS 'For practice.feed_standing, which acts as the owner.';

CREATE POLICY feed_pulsed ON practice.feed_shadow FOR SELECT TO primary_conect_owner USING (true);

COMMENT ON POLICY feed_pulsed ON practice.feed_shadow IS 'For practice.feed_standing, which acts as the owner.';

ALTER TABLE practice.feed_rhythm ENABLE ROW LEVEL SECURITY;

CREATE POLICY feed_rhythm_projected ON practice.feed_rhythm TO primary_conect_projector USING (true) WITH CHECK (true);

COMMENT ON POLICY feed_rhythm_projected ON practice.feed_rhythm IS 'The projector writes for every hospital.';

CREATE POLICY feed_rhythm_projected ON practice.feed_rhythm_shadow TO primary_conect_projector USING (true) WITH CHECK (true);

COMMENT ON POLICY feed_rhythm_projected ON practice.feed_rhythm_shadow IS 'The projector writes for every hospital.';

CREATE POLICY feed_rhythm_pulsed ON practice.feed_rhythm FOR SELECT TO primary_conect_owner USING (true);

COMMENT ON POLICY feed_rhythm_pulsed ON practice.feed_rhythm IS 'For practice.feed_standing, which acts as the owner.';

CREATE POLICY feed_rhythm_pulsed ON practice.feed_rhythm_shadow FOR SELECT TO primary_conect_owner USING (true);

COMMENT ON POLICY feed_rhythm_pulsed ON practice.feed_rhythm_shadow IS 'For practice.feed_standing, which acts as the owner.';

ALTER TABLE practice.feed_rhythm_shadow ENABLE ROW LEVEL SECURITY;

CREATE POLICY feed_rhythm_watched ON practice.feed_rhythm FOR SELECT TO primary_conect_auditor, primary_conect_monitor USING (true);

COMMENT ON POLICY feed_rhythm_watched ON practice.feed_rhythm IS 'Auditor and monitor see how each feed is used to speak.';

CREATE POLICY feed_rhythm_watched ON practice.feed_rhythm_shadow FOR SELECT TO primary_conect_auditor, primary_conect_monitor USING (true);

COMMENT ON POLICY feed_rhythm_watched ON practice.feed_rhythm_shadow IS 'Auditor and monitor see how each feed is used to speak.';

CREATE POLICY feed_rhythm_within_access ON practice.feed_rhythm FOR SELECT TO primary_conect_service USING ((( SELECT audit.current_practice() AS current_practice) IS NOT NULL));

COMMENT ON POLICY feed_rhythm_within_access ON practice.feed_rhythm IS 'No record, no rows.';

CREATE POLICY feed_rhythm_within_access ON practice.feed_rhythm_shadow FOR SELECT TO primary_conect_service USING ((( SELECT audit.current_practice() AS current_practice) IS NOT NULL));

COMMENT ON POLICY feed_rhythm_within_access ON practice.feed_rhythm_shadow IS 'No record, no rows.';

ALTER TABLE practice.feed_shadow ENABLE ROW LEVEL SECURITY;

CREATE POLICY feed_watched ON practice.feed FOR SELECT TO primary_conect_auditor, primary_conect_monitor USING (true);

COMMENT ON POLICY feed_watched ON practice.feed IS 'Auditor and monitor see how fresh each feed is.';

CREATE POLICY feed_watched ON practice.feed_shadow FOR SELECT TO primary_conect_auditor, primary_conect_monitor USING (true);

COMMENT ON POLICY feed_watched ON practice.feed_shadow IS 'Auditor and monitor see how fresh each feed is.';

CREATE POLICY feed_within_access ON practice.feed FOR SELECT TO primary_conect_service USING ((( SELECT audit.current_practice() AS current_practice) IS NOT NULL));

COMMENT ON POLICY feed_within_access ON practice.feed IS 'No record, no rows.';

CREATE POLICY feed_within_access ON practice.feed_shadow FOR SELECT TO primary_conect_service USING ((( SELECT audit.current_practice() AS current_practice) IS NOT NULL));

COMMENT ON POLICY feed_within_access ON practice.feed_shadow IS 'No record, no rows.';

ALTER TABLE practice.huddle ENABLE ROW LEVEL SECURITY;

CREATE POLICY huddle_audited ON practice.huddle FOR SELECT TO primary_conect_auditor USING (true);

COMMENT ON POLICY huddle_audited ON practice.huddle IS 'The auditor reads all.';

CREATE POLICY huddle_audited ON practice.huddle_shadow FOR SELECT TO primary_conect_auditor USING (true);

COMMENT ON POLICY huddle_audited ON practice.huddle_shadow IS 'The auditor reads all.';

CREATE POLICY huddle_projected ON practice.huddle TO primary_conect_projector USING (true) WITH CHECK (true);

COMMENT ON POLICY huddle_projected ON practice.huddle IS 'The projector writes for every practice.';

CREATE POLICY huddle_projected ON practice.huddle_shadow TO primary_conect_projector USING (true) WITH CHECK (true);

COMMENT ON POLICY huddle_projected ON practice.huddle_shadow IS 'The projector writes for every practice.';

ALTER TABLE practice.huddle_shadow ENABLE ROW LEVEL SECURITY;

CREATE POLICY huddle_within_access ON practice.huddle FOR SELECT TO primary_conect_service USING ((practice = ( SELECT audit.current_practice() AS current_practice)));

COMMENT ON POLICY huddle_within_access ON practice.huddle IS 'The access record is the scope.';

CREATE POLICY huddle_within_access ON practice.huddle_shadow FOR SELECT TO primary_conect_service USING ((practice = ( SELECT audit.current_practice() AS current_practice)));

COMMENT ON POLICY huddle_within_access ON practice.huddle_shadow IS 'The access record is the scope.';

ALTER TABLE practice.onboarding_case ENABLE ROW LEVEL SECURITY;

CREATE POLICY onboarding_case_audited ON practice.onboarding_case FOR SELECT TO primary_conect_auditor USING (true);

COMMENT ON POLICY onboarding_case_audited ON practice.onboarding_case IS 'The auditor reads all.';

CREATE POLICY onboarding_case_audited ON practice.onboarding_case_shadow FOR SELECT TO primary_conect_auditor USING (true);

COMMENT ON POLICY onboarding_case_audited ON practice.onboarding_case_shadow IS 'The auditor reads all.';

CREATE POLICY onboarding_case_projected ON practice.onboarding_case TO primary_conect_projector USING (true) WITH CHECK (true);

COMMENT ON POLICY onboarding_case_projected ON practice.onboarding_case IS 'The projector writes for every hospital.';

CREATE POLICY onboarding_case_projected ON practice.onboarding_case_shadow TO primary_conect_projector USING (true) WITH CHECK (true);

COMMENT ON POLICY onboarding_case_projected ON practice.onboarding_case_shadow IS 'The projector writes for every hospital.';

ALTER TABLE practice.onboarding_case_shadow ENABLE ROW LEVEL SECURITY;

CREATE POLICY onboarding_case_within_access ON practice.onboarding_case FOR SELECT TO primary_conect_service USING (
CASE
    WHEN (practice = ( SELECT audit.current_practice() AS current_practice)) THEN true
    ELSE (hospital = ( SELECT audit.current_practice() AS current_practice))
END);

COMMENT ON POLICY onboarding_case_within_access ON practice.onboarding_case IS 'The access record is the scope: of a practice its patients, of a hospital its cases.';

CREATE POLICY onboarding_case_within_access ON practice.onboarding_case_shadow FOR SELECT TO primary_conect_service USING (
CASE
    WHEN (practice = ( SELECT audit.current_practice() AS current_practice)) THEN true
    ELSE (hospital = ( SELECT audit.current_practice() AS current_practice))
END);

COMMENT ON POLICY onboarding_case_within_access ON practice.onboarding_case_shadow IS 'The access record is the scope: of a practice its patients, of a hospital its cases.';

ALTER TABLE practice.onboarding_detail ENABLE ROW LEVEL SECURITY;

CREATE POLICY onboarding_detail_audited ON practice.onboarding_detail FOR SELECT TO primary_conect_auditor USING (true);

COMMENT ON POLICY onboarding_detail_audited ON practice.onboarding_detail IS 'The auditor reads all.';

CREATE POLICY onboarding_detail_audited ON practice.onboarding_detail_shadow FOR SELECT TO primary_conect_auditor USING (true);

COMMENT ON POLICY onboarding_detail_audited ON practice.onboarding_detail_shadow IS 'The auditor reads all.';

CREATE POLICY onboarding_detail_projected ON practice.onboarding_detail TO primary_conect_projector USING (true) WITH CHECK (true);

COMMENT ON POLICY onboarding_detail_projected ON practice.onboarding_detail IS 'The projector writes for every hospital.';

CREATE POLICY onboarding_detail_projected ON practice.onboarding_detail_shadow TO primary_conect_projector USING (true) WITH CHECK (true);

COMMENT ON POLICY onboarding_detail_projected ON practice.onboarding_detail_shadow IS 'The projector writes for every hospital.';

ALTER TABLE practice.onboarding_detail_shadow ENABLE ROW LEVEL SECURITY;

CREATE POLICY onboarding_detail_within_access ON practice.onboarding_detail FOR SELECT TO primary_conect_service USING (((hospital = ( SELECT audit.current_practice() AS current_practice)) OR (is_with_care AND (practice = ( SELECT audit.current_practice() AS current_practice)) AND (( SELECT audit."current_role"() AS "current_role") = 'complex-care'::text))));

COMMENT ON POLICY onboarding_detail_within_access ON practice.onboarding_detail IS 'The access record is the scope: the hospitals own cases, and for complex care those of patients who agreed.';

CREATE POLICY onboarding_detail_within_access ON practice.onboarding_detail_shadow FOR SELECT TO primary_conect_service USING (((hospital = ( SELECT audit.current_practice() AS current_practice)) OR (is_with_care AND (practice = ( SELECT audit.current_practice() AS current_practice)) AND (( SELECT audit."current_role"() AS "current_role") = 'complex-care'::text))));

COMMENT ON POLICY onboarding_detail_within_access ON practice.onboarding_detail_shadow IS 'The access record is the scope: the hospitals own cases, and for complex care those of patients who agreed.';

ALTER TABLE practice.registration ENABLE ROW LEVEL SECURITY;

CREATE POLICY registration_audited ON practice.registration FOR SELECT TO primary_conect_auditor USING (true);

COMMENT ON POLICY registration_audited ON practice.registration IS 'The auditor reads all.';

CREATE POLICY registration_audited ON practice.registration_shadow FOR SELECT TO primary_conect_auditor USING (true);

COMMENT ON POLICY registration_audited ON practice.registration_shadow IS 'The auditor reads all.';

CREATE POLICY registration_projected ON practice.registration TO primary_conect_projector USING (true) WITH CHECK (true);

COMMENT ON POLICY registration_projected ON practice.registration IS 'The projector writes for every practice.';

CREATE POLICY registration_projected ON practice.registration_shadow TO primary_conect_projector USING (true) WITH CHECK (true);

COMMENT ON POLICY registration_projected ON practice.registration_shadow IS 'The projector writes for every practice.';

ALTER TABLE practice.registration_shadow ENABLE ROW LEVEL SECURITY;

CREATE POLICY registration_within_access ON practice.registration FOR SELECT TO primary_conect_service USING ((practice = ( SELECT audit.current_practice() AS current_practice)));

COMMENT ON POLICY registration_within_access ON practice.registration IS 'The access record is the scope.';

CREATE POLICY registration_within_access ON practice.registration_shadow FOR SELECT TO primary_conect_service USING ((practice = ( SELECT audit.current_practice() AS current_practice)));

COMMENT ON POLICY registration_within_access ON practice.registration_shadow IS 'The access record is the scope.';

ALTER TABLE practice.symphony ENABLE ROW LEVEL SECURITY;

CREATE POLICY symphony_audited ON practice.symphony FOR SELECT TO primary_conect_auditor USING (true);

COMMENT ON POLICY symphony_audited ON practice.symphony IS 'The auditor reads all.';

CREATE POLICY symphony_audited ON practice.symphony_shadow FOR SELECT TO primary_conect_auditor USING (true);

COMMENT ON POLICY symphony_audited ON practice.symphony_shadow IS 'The auditor reads all.';

CREATE POLICY symphony_projected ON practice.symphony TO primary_conect_projector USING (true) WITH CHECK (true);

COMMENT ON POLICY symphony_projected ON practice.symphony IS 'The projector writes for every practice.';

CREATE POLICY symphony_projected ON practice.symphony_shadow TO primary_conect_projector USING (true) WITH CHECK (true);

COMMENT ON POLICY symphony_projected ON practice.symphony_shadow IS 'The projector writes for every practice.';

ALTER TABLE practice.symphony_shadow ENABLE ROW LEVEL SECURITY;

CREATE POLICY symphony_within_access ON practice.symphony FOR SELECT TO primary_conect_service USING ((practice = ( SELECT audit.current_practice() AS current_practice)));

COMMENT ON POLICY symphony_within_access ON practice.symphony IS 'The access record is the scope.';

CREATE POLICY symphony_within_access ON practice.symphony_shadow FOR SELECT TO primary_conect_service USING ((practice = ( SELECT audit.current_practice() AS current_practice)));

COMMENT ON POLICY symphony_within_access ON practice.symphony_shadow IS 'The access record is the scope.';

ALTER TABLE practice.webhook ENABLE ROW LEVEL SECURITY;

CREATE POLICY webhook_audited ON practice.webhook FOR SELECT TO primary_conect_auditor USING (true);

COMMENT ON POLICY webhook_audited ON practice.webhook IS 'The auditor reads all that its grant names: no secret.';

CREATE POLICY webhook_delivered ON practice.webhook TO primary_conect_owner USING (true) WITH CHECK (true);

COMMENT ON POLICY webhook_delivered ON practice.webhook IS 'For practice.webhooks_due, settle_delivery and release_webhook, which act as the owner.';

CREATE POLICY webhook_within_access ON practice.webhook TO primary_conect_service USING ((practice = ( SELECT audit.current_practice() AS current_practice))) WITH CHECK ((practice = ( SELECT audit.current_practice() AS current_practice)));

COMMENT ON POLICY webhook_within_access ON practice.webhook IS 'The access record is the scope.';

GRANT USAGE ON SCHEMA access TO primary_conect_service;

GRANT USAGE ON SCHEMA audit TO primary_conect_auditor;
GRANT USAGE ON SCHEMA audit TO primary_conect_operator;
GRANT USAGE ON SCHEMA audit TO primary_conect_service;

GRANT USAGE ON SCHEMA event_log TO primary_conect_auditor;
GRANT USAGE ON SCHEMA event_log TO primary_conect_ingest;
GRANT USAGE ON SCHEMA event_log TO primary_conect_monitor;
GRANT USAGE ON SCHEMA event_log TO primary_conect_operator;
GRANT USAGE ON SCHEMA event_log TO primary_conect_projector;
GRANT USAGE ON SCHEMA event_log TO primary_conect_service;

GRANT USAGE ON SCHEMA practice TO primary_conect_auditor;
GRANT USAGE ON SCHEMA practice TO primary_conect_monitor;
GRANT USAGE ON SCHEMA practice TO primary_conect_projector;
GRANT USAGE ON SCHEMA practice TO primary_conect_service;

REVOKE ALL ON FUNCTION access.use_assertion(client text, digest bytea, expires timestamp with time zone, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION access.use_assertion(client text, digest bytea, expires timestamp with time zone, at timestamp with time zone) TO primary_conect_service;

REVOKE ALL ON FUNCTION audit.break_glass_is_open(practice text, break_glass uuid, subject text, role text, client text) FROM PUBLIC;
GRANT ALL ON FUNCTION audit.break_glass_is_open(practice text, break_glass uuid, subject text, role text, client text) TO primary_conect_service;

REVOKE ALL ON FUNCTION audit.current_practice() FROM PUBLIC;
GRANT ALL ON FUNCTION audit.current_practice() TO primary_conect_auditor;
GRANT ALL ON FUNCTION audit.current_practice() TO primary_conect_service;

REVOKE ALL ON FUNCTION audit."current_role"() FROM PUBLIC;
GRANT ALL ON FUNCTION audit."current_role"() TO primary_conect_auditor;
GRANT ALL ON FUNCTION audit."current_role"() TO primary_conect_service;

REVOKE ALL ON FUNCTION audit.history_looks(of_refs text[], of_practices text[], most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION audit.history_looks(of_refs text[], of_practices text[], most integer) TO primary_conect_auditor;
GRANT ALL ON FUNCTION audit.history_looks(of_refs text[], of_practices text[], most integer) TO primary_conect_service;

REVOKE ALL ON FUNCTION audit.note_polls(practices text[], subjects text[], roles text[], clients text[], routes text[], counts bigint[], firsts timestamp with time zone[], lasts timestamp with time zone[]) FROM PUBLIC;
GRANT ALL ON FUNCTION audit.note_polls(practices text[], subjects text[], roles text[], clients text[], routes text[], counts bigint[], firsts timestamp with time zone[], lasts timestamp with time zone[]) TO primary_conect_service;

REVOKE ALL ON FUNCTION audit.open_access(practice text, subject text, role text, client text, purpose text, route text, request_id text, organisation text, break_glass uuid, OUT id uuid, OUT at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION audit.open_access(practice text, subject text, role text, client text, purpose text, route text, request_id text, organisation text, break_glass uuid, OUT id uuid, OUT at timestamp with time zone) TO primary_conect_auditor;
GRANT ALL ON FUNCTION audit.open_access(practice text, subject text, role text, client text, purpose text, route text, request_id text, organisation text, break_glass uuid, OUT id uuid, OUT at timestamp with time zone) TO primary_conect_service;

REVOKE ALL ON FUNCTION audit.open_auditor_access(practice text, subject text, purpose text, route text, request_id text) FROM PUBLIC;
GRANT ALL ON FUNCTION audit.open_auditor_access(practice text, subject text, purpose text, route text, request_id text) TO primary_conect_auditor;

REVOKE ALL ON FUNCTION audit.open_break_glass(practice text, subject text, role text, client text, organisation text, reason text, minutes integer, request_id text, OUT id uuid, OUT until timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION audit.open_break_glass(practice text, subject text, role text, client text, organisation text, reason text, minutes integer, request_id text, OUT id uuid, OUT until timestamp with time zone) TO primary_conect_service;

REVOKE ALL ON FUNCTION audit.open_operator_access(subject text, purpose text, route text, request_id text) FROM PUBLIC;
GRANT ALL ON FUNCTION audit.open_operator_access(subject text, purpose text, route text, request_id text) TO primary_conect_operator;

REVOKE ALL ON FUNCTION audit.open_roster_access(practice text, subject text, purpose text, route text, request_id text) FROM PUBLIC;
GRANT ALL ON FUNCTION audit.open_roster_access(practice text, subject text, purpose text, route text, request_id text) TO primary_conect_operator;

REVOKE ALL ON FUNCTION audit.patient_refs(hospitals text[], patients text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION audit.patient_refs(hospitals text[], patients text[]) TO primary_conect_auditor;

REVOKE ALL ON FUNCTION audit.record_denial(practice text, subject text, role text, client text, purpose text, route text, request_id text, reason text, organisation text) FROM PUBLIC;
GRANT ALL ON FUNCTION audit.record_denial(practice text, subject text, role text, client text, purpose text, route text, request_id text, reason text, organisation text) TO primary_conect_service;

REVOKE ALL ON FUNCTION audit.record_shown(refs text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION audit.record_shown(refs text[]) TO primary_conect_auditor;
GRANT ALL ON FUNCTION audit.record_shown(refs text[]) TO primary_conect_service;

REVOKE ALL ON FUNCTION audit.refuse_change() FROM PUBLIC;

REVOKE ALL ON FUNCTION audit.review_break_glass(break_glass uuid, reviewer text, outcome text, note text) FROM PUBLIC;
GRANT ALL ON FUNCTION audit.review_break_glass(break_glass uuid, reviewer text, outcome text, note text) TO primary_conect_auditor;

REVOKE ALL ON FUNCTION event_log.append(log_name text, expected bigint, now_recorded timestamp with time zone, new_range bytea, message_positions bigint[], event_counts integer[], reused boolean[], control_ids text[], senders text[], digests bytea[], message_salts bytea[], triggers text[], dispositions text[], answers text[], reasons text[], peers text[], messages bytea[], occurred timestamp with time zone[], tellers bigint[], streams text[], types text[], leaf_hashes bytea[], event_salts bytea[], payloads text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION event_log.append(log_name text, expected bigint, now_recorded timestamp with time zone, new_range bytea, message_positions bigint[], event_counts integer[], reused boolean[], control_ids text[], senders text[], digests bytea[], message_salts bytea[], triggers text[], dispositions text[], answers text[], reasons text[], peers text[], messages bytea[], occurred timestamp with time zone[], tellers bigint[], streams text[], types text[], leaf_hashes bytea[], event_salts bytea[], payloads text[]) TO primary_conect_ingest;

REVOKE ALL ON FUNCTION event_log.append_acts(log_name text, expected bigint, seen bigint, of_stream text, command text, command_digest bytea, now_recorded timestamp with time zone, new_range bytea, occurred timestamp with time zone[], types text[], leaf_hashes bytea[], event_salts bytea[], payloads text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION event_log.append_acts(log_name text, expected bigint, seen bigint, of_stream text, command text, command_digest bytea, now_recorded timestamp with time zone, new_range bytea, occurred timestamp with time zone[], types text[], leaf_hashes bytea[], event_salts bytea[], payloads text[]) TO primary_conect_service;

REVOKE ALL ON FUNCTION event_log.append_checkpoint(log_name text, new_size bigint, new_root bytea, new_range bytea, signed_note text, new_signed_at timestamp with time zone, first_subtree bigint, subtrees bytea[]) FROM PUBLIC;
GRANT ALL ON FUNCTION event_log.append_checkpoint(log_name text, new_size bigint, new_root bytea, new_range bytea, signed_note text, new_signed_at timestamp with time zone, first_subtree bigint, subtrees bytea[]) TO primary_conect_projector;

REVOKE ALL ON FUNCTION event_log.append_events(log_name text, expected bigint, now_recorded timestamp with time zone, new_range bytea, occurred timestamp with time zone[], tellers bigint[], streams text[], types text[], leaf_hashes bytea[], event_salts bytea[], payloads text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION event_log.append_events(log_name text, expected bigint, now_recorded timestamp with time zone, new_range bytea, occurred timestamp with time zone[], tellers bigint[], streams text[], types text[], leaf_hashes bytea[], event_salts bytea[], payloads text[]) TO primary_conect_operator;

REVOKE ALL ON FUNCTION event_log.append_feed_event(log_name text, expected bigint, now_recorded timestamp with time zone, new_range bytea, occurred timestamp with time zone, stream_name text, type_name text, leaf bytea, event_salt bytea, event_payload text) FROM PUBLIC;
GRANT ALL ON FUNCTION event_log.append_feed_event(log_name text, expected bigint, now_recorded timestamp with time zone, new_range bytea, occurred timestamp with time zone, stream_name text, type_name text, leaf bytea, event_salt bytea, event_payload text) TO primary_conect_projector;

REVOKE ALL ON FUNCTION event_log.append_registrations(log_name text, expected bigint, seen bigint, now_recorded timestamp with time zone, new_range bytea, occurred timestamp with time zone[], streams text[], types text[], leaf_hashes bytea[], event_salts bytea[], payloads text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION event_log.append_registrations(log_name text, expected bigint, seen bigint, now_recorded timestamp with time zone, new_range bytea, occurred timestamp with time zone[], streams text[], types text[], leaf_hashes bytea[], event_salts bytea[], payloads text[]) TO primary_conect_operator;
GRANT ALL ON FUNCTION event_log.append_registrations(log_name text, expected bigint, seen bigint, now_recorded timestamp with time zone, new_range bytea, occurred timestamp with time zone[], streams text[], types text[], leaf_hashes bytea[], event_salts bytea[], payloads text[]) TO primary_conect_service;

REVOKE ALL ON FUNCTION event_log.checkpoint_standing(leaves_max integer) FROM PUBLIC;
GRANT ALL ON FUNCTION event_log.checkpoint_standing(leaves_max integer) TO primary_conect_monitor;

REVOKE ALL ON FUNCTION event_log.checkpoints() FROM PUBLIC;
GRANT ALL ON FUNCTION event_log.checkpoints() TO primary_conect_auditor;
GRANT ALL ON FUNCTION event_log.checkpoints() TO primary_conect_monitor;
GRANT ALL ON FUNCTION event_log.checkpoints() TO primary_conect_service;

REVOKE ALL ON FUNCTION event_log.held_messages(of_log text, at_positions bigint[]) FROM PUBLIC;
GRANT ALL ON FUNCTION event_log.held_messages(of_log text, at_positions bigint[]) TO primary_conect_operator;

REVOKE ALL ON FUNCTION event_log.history_acts(of_streams text[], through timestamp with time zone, most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION event_log.history_acts(of_streams text[], through timestamp with time zone, most integer) TO primary_conect_auditor;
GRANT ALL ON FUNCTION event_log.history_acts(of_streams text[], through timestamp with time zone, most integer) TO primary_conect_service;

REVOKE ALL ON FUNCTION event_log.history_events(of_ref text, of_log text, of_stream text, most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION event_log.history_events(of_ref text, of_log text, of_stream text, most integer) TO primary_conect_auditor;
GRANT ALL ON FUNCTION event_log.history_events(of_ref text, of_log text, of_stream text, most integer) TO primary_conect_service;

REVOKE ALL ON FUNCTION event_log.history_messages(of_log text, at_positions bigint[]) FROM PUBLIC;
GRANT ALL ON FUNCTION event_log.history_messages(of_log text, at_positions bigint[]) TO primary_conect_auditor;

REVOKE ALL ON FUNCTION event_log.identity_events(of_log text) FROM PUBLIC;
GRANT ALL ON FUNCTION event_log.identity_events(of_log text) TO primary_conect_operator;

REVOKE ALL ON FUNCTION event_log.leaf_hashes(of_log text, first_position bigint, last_position bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION event_log.leaf_hashes(of_log text, first_position bigint, last_position bigint) TO primary_conect_auditor;
GRANT ALL ON FUNCTION event_log.leaf_hashes(of_log text, first_position bigint, last_position bigint) TO primary_conect_service;

REVOKE ALL ON FUNCTION event_log.position_at(log_name text, moment timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION event_log.position_at(log_name text, moment timestamp with time zone) TO primary_conect_auditor;
GRANT ALL ON FUNCTION event_log.position_at(log_name text, moment timestamp with time zone) TO primary_conect_monitor;

REVOKE ALL ON FUNCTION event_log.redact(log_name text, expected bigint, now_recorded timestamp with time zone, new_range bytea, at_position bigint, redacted bigint[], leaf bytea, event_salt bytea, event_payload text) FROM PUBLIC;
GRANT ALL ON FUNCTION event_log.redact(log_name text, expected bigint, now_recorded timestamp with time zone, new_range bytea, at_position bigint, redacted bigint[], leaf bytea, event_salt bytea, event_payload text) TO primary_conect_operator;

REVOKE ALL ON FUNCTION event_log.redaction_of(log_name text, at_position bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION event_log.redaction_of(log_name text, at_position bigint) TO primary_conect_operator;

REVOKE ALL ON FUNCTION event_log.refuse_all_but_redaction() FROM PUBLIC;

REVOKE ALL ON FUNCTION event_log.refuse_change() FROM PUBLIC;

REVOKE ALL ON FUNCTION event_log.refuse_update() FROM PUBLIC;

REVOKE ALL ON FUNCTION event_log.registrations(of_log text, after bigint, at_most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION event_log.registrations(of_log text, after bigint, at_most integer) TO primary_conect_operator;
GRANT ALL ON FUNCTION event_log.registrations(of_log text, after bigint, at_most integer) TO primary_conect_service;

REVOKE ALL ON FUNCTION event_log.staff_events(of_log text, of_stream text) FROM PUBLIC;
GRANT ALL ON FUNCTION event_log.staff_events(of_log text, of_stream text) TO primary_conect_service;

REVOKE ALL ON FUNCTION event_log.subtree_hashes(of_log text, subtree_count bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION event_log.subtree_hashes(of_log text, subtree_count bigint) TO primary_conect_auditor;
GRANT ALL ON FUNCTION event_log.subtree_hashes(of_log text, subtree_count bigint) TO primary_conect_service;

REVOKE ALL ON FUNCTION event_log.tied_streams(of_log text, of_streams text[], ever boolean) FROM PUBLIC;

REVOKE ALL ON FUNCTION event_log.waiting(of_log text, of_reason text) FROM PUBLIC;
GRANT ALL ON FUNCTION event_log.waiting(of_log text, of_reason text) TO primary_conect_operator;

REVOKE ALL ON FUNCTION event_log.waiting_counts() FROM PUBLIC;
GRANT ALL ON FUNCTION event_log.waiting_counts() TO primary_conect_monitor;

REVOKE ALL ON FUNCTION practice.advance(hospital text, projection text, expected bigint, reached bigint, told_through timestamp with time zone, successors text) FROM PUBLIC;
GRANT ALL ON FUNCTION practice.advance(hospital text, projection text, expected bigint, reached bigint, told_through timestamp with time zone, successors text) TO primary_conect_projector;

REVOKE ALL ON FUNCTION practice.begin_rebuild() FROM PUBLIC;
GRANT ALL ON FUNCTION practice.begin_rebuild() TO primary_conect_projector;

REVOKE ALL ON FUNCTION practice.cursor_key() FROM PUBLIC;
GRANT ALL ON FUNCTION practice.cursor_key() TO primary_conect_service;

REVOKE ALL ON FUNCTION practice.feed_standing(hour integer) FROM PUBLIC;
GRANT ALL ON FUNCTION practice.feed_standing(hour integer) TO primary_conect_service;

REVOKE ALL ON FUNCTION practice.history_deliveries(of_refs text[], of_practices text[], most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION practice.history_deliveries(of_refs text[], of_practices text[], most integer) TO primary_conect_auditor;
GRANT ALL ON FUNCTION practice.history_deliveries(of_refs text[], of_practices text[], most integer) TO primary_conect_service;

REVOKE ALL ON FUNCTION practice.history_rows(of_log text, of_encounters text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION practice.history_rows(of_log text, of_encounters text[]) TO primary_conect_auditor;
GRANT ALL ON FUNCTION practice.history_rows(of_log text, of_encounters text[]) TO primary_conect_service;

REVOKE ALL ON FUNCTION practice.hold_rebuild(id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION practice.hold_rebuild(id uuid) TO primary_conect_projector;

REVOKE ALL ON FUNCTION practice.hold_registrations(hospital text, taken bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION practice.hold_registrations(hospital text, taken bigint) TO primary_conect_projector;

REVOKE ALL ON FUNCTION practice.index_rebuild(id uuid, part integer, parts integer) FROM PUBLIC;
GRANT ALL ON FUNCTION practice.index_rebuild(id uuid, part integer, parts integer) TO primary_conect_projector;

REVOKE ALL ON FUNCTION practice.pulse(practices text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION practice.pulse(practices text[]) TO primary_conect_service;

REVOKE ALL ON FUNCTION practice.reached(of_log text) FROM PUBLIC;
GRANT ALL ON FUNCTION practice.reached(of_log text) TO primary_conect_service;

REVOKE ALL ON FUNCTION practice.release_webhook(practice text, webhook uuid, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION practice.release_webhook(practice text, webhook uuid, at timestamp with time zone) TO primary_conect_service;

REVOKE ALL ON FUNCTION practice.sensitivity_policy() FROM PUBLIC;
GRANT ALL ON FUNCTION practice.sensitivity_policy() TO primary_conect_auditor;
GRANT ALL ON FUNCTION practice.sensitivity_policy() TO primary_conect_service;

REVOKE ALL ON FUNCTION practice.settle_basis(basis text) FROM PUBLIC;
GRANT ALL ON FUNCTION practice.settle_basis(basis text) TO primary_conect_projector;

REVOKE ALL ON FUNCTION practice.settle_delivery(practice text, webhook uuid, event text, state text, status integer, error text, at timestamp with time zone, due_at timestamp with time zone, off_reason text) FROM PUBLIC;
GRANT ALL ON FUNCTION practice.settle_delivery(practice text, webhook uuid, event text, state text, status integer, error text, at timestamp with time zone, due_at timestamp with time zone, off_reason text) TO primary_conect_service;

REVOKE ALL ON FUNCTION practice.standing() FROM PUBLIC;
GRANT ALL ON FUNCTION practice.standing() TO primary_conect_service;

REVOKE ALL ON FUNCTION practice.swap_rebuild(id uuid, successors text) FROM PUBLIC;
GRANT ALL ON FUNCTION practice.swap_rebuild(id uuid, successors text) TO primary_conect_projector;

REVOKE ALL ON FUNCTION practice.sweep_changes(made_before timestamp with time zone, lines_max integer) FROM PUBLIC;
GRANT ALL ON FUNCTION practice.sweep_changes(made_before timestamp with time zone, lines_max integer) TO primary_conect_projector;

REVOKE ALL ON FUNCTION practice.tell_changes(practices text[], types text[], encounters text[], patients text[], hospitals text[], classes text[], list_names text[], happened timestamp with time zone[], told timestamp with time zone[]) FROM PUBLIC;
GRANT ALL ON FUNCTION practice.tell_changes(practices text[], types text[], encounters text[], patients text[], hospitals text[], classes text[], list_names text[], happened timestamp with time zone[], told timestamp with time zone[]) TO primary_conect_projector;

REVOKE ALL ON FUNCTION practice.tell_feed(of_hospital text, change_type text, happened timestamp with time zone, told timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION practice.tell_feed(of_hospital text, change_type text, happened timestamp with time zone, told timestamp with time zone) TO primary_conect_projector;

REVOKE ALL ON FUNCTION practice.tell_rebuilt() FROM PUBLIC;
GRANT ALL ON FUNCTION practice.tell_rebuilt() TO primary_conect_projector;

REVOKE ALL ON FUNCTION practice.unsay_encounters(practices text[], encounters text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION practice.unsay_encounters(practices text[], encounters text[]) TO primary_conect_projector;

REVOKE ALL ON FUNCTION practice.webhooks_due(at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION practice.webhooks_due(at timestamp with time zone) TO primary_conect_service;

GRANT SELECT ON TABLE audit.access TO primary_conect_auditor;

GRANT SELECT ON TABLE audit.break_glass TO primary_conect_auditor;

GRANT SELECT ON TABLE audit.break_glass_review TO primary_conect_auditor;

GRANT SELECT ON TABLE audit.poll TO primary_conect_auditor;

GRANT SELECT ON TABLE audit.shown TO primary_conect_auditor;

GRANT SELECT ON TABLE event_log.checkpoint TO primary_conect_auditor;
GRANT SELECT ON TABLE event_log.checkpoint TO primary_conect_projector;

GRANT SELECT ON TABLE event_log.command TO primary_conect_auditor;

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

GRANT SELECT ON TABLE event_log.redaction TO primary_conect_auditor;
GRANT SELECT ON TABLE event_log.redaction TO primary_conect_projector;

GRANT SELECT ON TABLE event_log.subtree TO primary_conect_auditor;

GRANT SELECT ON TABLE practice.action TO primary_conect_auditor;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE practice.action TO primary_conect_projector;
GRANT SELECT ON TABLE practice.action TO primary_conect_service;

GRANT SELECT ON TABLE practice.action_shadow TO primary_conect_auditor;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE practice.action_shadow TO primary_conect_projector;
GRANT SELECT ON TABLE practice.action_shadow TO primary_conect_service;

GRANT SELECT ON TABLE practice.change TO primary_conect_auditor;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE practice.change TO primary_conect_projector;
GRANT SELECT ON TABLE practice.change TO primary_conect_service;

GRANT SELECT ON TABLE practice.checkpoint TO primary_conect_auditor;
GRANT SELECT ON TABLE practice.checkpoint TO primary_conect_monitor;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE practice.checkpoint TO primary_conect_projector;

GRANT SELECT ON TABLE practice.checkpoint_shadow TO primary_conect_auditor;
GRANT SELECT ON TABLE practice.checkpoint_shadow TO primary_conect_monitor;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE practice.checkpoint_shadow TO primary_conect_projector;

GRANT SELECT ON TABLE practice.concern TO primary_conect_auditor;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE practice.concern TO primary_conect_projector;
GRANT SELECT ON TABLE practice.concern TO primary_conect_service;

GRANT SELECT ON TABLE practice.concern_shadow TO primary_conect_auditor;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE practice.concern_shadow TO primary_conect_projector;
GRANT SELECT ON TABLE practice.concern_shadow TO primary_conect_service;

GRANT SELECT ON TABLE practice.counter TO primary_conect_auditor;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE practice.counter TO primary_conect_projector;

GRANT SELECT ON TABLE practice.delivery TO primary_conect_auditor;
GRANT SELECT,DELETE ON TABLE practice.delivery TO primary_conect_projector;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE practice.delivery TO primary_conect_service;

GRANT SELECT ON TABLE practice.discussion TO primary_conect_auditor;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE practice.discussion TO primary_conect_projector;
GRANT SELECT ON TABLE practice.discussion TO primary_conect_service;

GRANT SELECT ON TABLE practice.discussion_shadow TO primary_conect_auditor;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE practice.discussion_shadow TO primary_conect_projector;
GRANT SELECT ON TABLE practice.discussion_shadow TO primary_conect_service;

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

GRANT SELECT ON TABLE practice.feed_rhythm TO primary_conect_auditor;
GRANT SELECT ON TABLE practice.feed_rhythm TO primary_conect_monitor;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE practice.feed_rhythm TO primary_conect_projector;
GRANT SELECT ON TABLE practice.feed_rhythm TO primary_conect_service;

GRANT SELECT ON TABLE practice.feed_rhythm_shadow TO primary_conect_auditor;
GRANT SELECT ON TABLE practice.feed_rhythm_shadow TO primary_conect_monitor;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE practice.feed_rhythm_shadow TO primary_conect_projector;
GRANT SELECT ON TABLE practice.feed_rhythm_shadow TO primary_conect_service;

GRANT SELECT ON TABLE practice.feed_shadow TO primary_conect_auditor;
GRANT SELECT ON TABLE practice.feed_shadow TO primary_conect_monitor;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE practice.feed_shadow TO primary_conect_projector;
GRANT SELECT ON TABLE practice.feed_shadow TO primary_conect_service;

GRANT SELECT ON TABLE practice.huddle TO primary_conect_auditor;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE practice.huddle TO primary_conect_projector;
GRANT SELECT ON TABLE practice.huddle TO primary_conect_service;

GRANT SELECT ON TABLE practice.huddle_shadow TO primary_conect_auditor;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE practice.huddle_shadow TO primary_conect_projector;
GRANT SELECT ON TABLE practice.huddle_shadow TO primary_conect_service;

GRANT SELECT ON TABLE practice.installation TO primary_conect_projector;

GRANT SELECT(ref_key) ON TABLE practice.installation TO primary_conect_auditor;

GRANT SELECT(successors) ON TABLE practice.installation TO primary_conect_auditor;

GRANT SELECT ON TABLE practice.list_version TO primary_conect_auditor;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE practice.list_version TO primary_conect_projector;

GRANT SELECT ON TABLE practice.onboarding_case TO primary_conect_auditor;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE practice.onboarding_case TO primary_conect_projector;
GRANT SELECT ON TABLE practice.onboarding_case TO primary_conect_service;

GRANT SELECT ON TABLE practice.onboarding_case_shadow TO primary_conect_auditor;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE practice.onboarding_case_shadow TO primary_conect_projector;
GRANT SELECT ON TABLE practice.onboarding_case_shadow TO primary_conect_service;

GRANT SELECT ON TABLE practice.onboarding_detail TO primary_conect_auditor;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE practice.onboarding_detail TO primary_conect_projector;
GRANT SELECT ON TABLE practice.onboarding_detail TO primary_conect_service;

GRANT SELECT ON TABLE practice.onboarding_detail_shadow TO primary_conect_auditor;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE practice.onboarding_detail_shadow TO primary_conect_projector;
GRANT SELECT ON TABLE practice.onboarding_detail_shadow TO primary_conect_service;

GRANT SELECT ON TABLE practice.onboarding_follow TO primary_conect_auditor;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE practice.onboarding_follow TO primary_conect_projector;

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

GRANT SELECT ON TABLE practice.registration TO primary_conect_auditor;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE practice.registration TO primary_conect_projector;
GRANT SELECT ON TABLE practice.registration TO primary_conect_service;

GRANT SELECT ON TABLE practice.registration_point TO primary_conect_auditor;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE practice.registration_point TO primary_conect_projector;

GRANT SELECT ON TABLE practice.registration_point_shadow TO primary_conect_auditor;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE practice.registration_point_shadow TO primary_conect_projector;

GRANT SELECT ON TABLE practice.registration_shadow TO primary_conect_auditor;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE practice.registration_shadow TO primary_conect_projector;
GRANT SELECT ON TABLE practice.registration_shadow TO primary_conect_service;

GRANT SELECT ON TABLE practice.registration_state TO primary_conect_auditor;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE practice.registration_state TO primary_conect_projector;

GRANT SELECT ON TABLE practice.registration_state_shadow TO primary_conect_auditor;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE practice.registration_state_shadow TO primary_conect_projector;

GRANT SELECT ON TABLE practice.symphony TO primary_conect_auditor;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE practice.symphony TO primary_conect_projector;
GRANT SELECT ON TABLE practice.symphony TO primary_conect_service;

GRANT SELECT ON TABLE practice.symphony_shadow TO primary_conect_auditor;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE practice.symphony_shadow TO primary_conect_projector;
GRANT SELECT ON TABLE practice.symphony_shadow TO primary_conect_service;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE practice.webhook TO primary_conect_service;

GRANT SELECT(practice) ON TABLE practice.webhook TO primary_conect_auditor;

GRANT SELECT(webhook) ON TABLE practice.webhook TO primary_conect_auditor;

GRANT SELECT(url) ON TABLE practice.webhook TO primary_conect_auditor;

GRANT SELECT(types) ON TABLE practice.webhook TO primary_conect_auditor;

GRANT SELECT(state) ON TABLE practice.webhook TO primary_conect_auditor;

GRANT SELECT(off_reason) ON TABLE practice.webhook TO primary_conect_auditor;

GRANT SELECT(made_by) ON TABLE practice.webhook TO primary_conect_auditor;

GRANT SELECT(made_at) ON TABLE practice.webhook TO primary_conect_auditor;

GRANT SELECT(failing_since) ON TABLE practice.webhook TO primary_conect_auditor;
