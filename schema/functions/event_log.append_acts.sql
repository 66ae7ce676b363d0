create or replace function event_log.append_acts(
    log_name text, expected bigint, seen bigint, of_stream text, command text, command_digest bytea,
    now_recorded timestamptz, new_range bytea, occurred timestamptz[], types text[], leaf_hashes bytea[],
    event_salts bytea[], payloads text[]
) returns table (outcome text, "position" bigint, recorded_at timestamptz, range bytea, digest bytea)
    language plpgsql volatile parallel unsafe security definer rows 1
    set search_path = pg_catalog, pg_temp
    -- As in event_log.append: the same plan whatever the size.
    set enable_seqscan = off
as $$
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
$$;
alter function event_log.append_acts(
    text, bigint, bigint, text, text, bytea, timestamptz, bytea, timestamptz[], text[], bytea[], bytea[], text[])
    owner to primary_conect_owner;
revoke all on function event_log.append_acts(
    text, bigint, bigint, text, text, bytea, timestamptz, bytea, timestamptz[], text[], bytea[], bytea[], text[]) from public;
comment on function event_log.append_acts(
    text, bigint, bigint, text, text, bytea, timestamptz, bytea, timestamptz[], text[], bytea[], bytea[], text[]) is
    'The way of staff into the log: what one command comes to in one stream, behind position "expected", for which the '
    'caller has computed leaves and range; only within an access record of that very log. Answers "known" with position and '
    'digest if the log has carried out a command of this identifier, "head-moved" with the head if the log ends elsewhere, '
    '"moved" if the stream goes on behind "seen": then nothing was written. Else "appended" with the new head. Either way the '
    'head stays locked to the end of the transaction.';
