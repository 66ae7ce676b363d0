create or replace function event_log.append_events(
    log_name text, expected bigint, now_recorded timestamptz, new_range bytea,
    occurred timestamptz[], tellers bigint[], streams text[], types text[], leaf_hashes bytea[], event_salts bytea[],
    payloads text[]
) returns table (outcome text, "position" bigint, recorded_at timestamptz, range bytea)
    language plpgsql volatile parallel unsafe security definer rows 1
    set search_path = pg_catalog, pg_temp
    -- As in event_log.append: the same plan whatever the size.
    set enable_seqscan = off
as $$
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
$$;
alter function event_log.append_events(
    text, bigint, timestamptz, bytea, timestamptz[], bigint[], text[], text[], bytea[], bytea[], text[])
    owner to primary_conect_owner;
revoke all on function event_log.append_events(
    text, bigint, timestamptz, bytea, timestamptz[], bigint[], text[], text[], bytea[], bytea[], text[]) from public;
comment on function event_log.append_events(
    text, bigint, timestamptz, bytea, timestamptz[], bigint[], text[], text[], bytea[], bytea[], text[]) is
    'The operator''s way into the log: what became of messages held back, the events of those read again, and aliases '
    'taken back, behind position "expected", for which the caller has computed leaves and range. Answers "moved" with the '
    'head if the log ends elsewhere, "settled" with each message that something became of before: then nothing was '
    'written. Else "appended" with the new head. Either way the head stays locked to the end of the transaction.';
