create or replace function event_log.append_registrations(
    log_name text, expected bigint, seen bigint, now_recorded timestamptz, new_range bytea,
    occurred timestamptz[], streams text[], types text[], leaf_hashes bytea[], event_salts bytea[], payloads text[]
) returns table (outcome text, "position" bigint, recorded_at timestamptz, range bytea)
    language plpgsql volatile parallel unsafe security definer rows 1
    set search_path = pg_catalog, pg_temp
    -- As in event_log.append: the same plan whatever the size.
    set enable_seqscan = off
as $$
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
$$;
alter function event_log.append_registrations(
    text, bigint, bigint, timestamptz, bytea, timestamptz[], text[], text[], bytea[], bytea[], text[])
    owner to primary_conect_owner;
revoke all on function event_log.append_registrations(
    text, bigint, bigint, timestamptz, bytea, timestamptz[], text[], text[], bytea[], bytea[], text[]) from public;
comment on function event_log.append_registrations(
    text, bigint, bigint, timestamptz, bytea, timestamptz[], text[], text[], bytea[], bytea[], text[]) is
    'A practice''s way into its own log: what it tells of its list, behind position "expected", for which the caller has '
    'computed leaves and range; only within an access record of that practice. Answers "moved" with the head if the log '
    'ends elsewhere, "overtaken" if the list was told anew behind "seen": then nothing was written. Else "appended" with '
    'the new head. Either way the head stays locked to the end of the transaction.';
