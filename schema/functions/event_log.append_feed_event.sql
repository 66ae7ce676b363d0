create or replace function event_log.append_feed_event(
    log_name text, expected bigint, now_recorded timestamptz, new_range bytea,
    occurred timestamptz, stream_name text, type_name text, leaf bytea, event_salt bytea, event_payload text
) returns table (outcome text, "position" bigint, recorded_at timestamptz, range bytea)
    language plpgsql volatile parallel unsafe security definer rows 1
    set search_path = pg_catalog, pg_temp
    -- As in event_log.append: the same plan whatever the size.
    set enable_seqscan = off
as $$
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
$$;
alter function event_log.append_feed_event(
    text, bigint, timestamptz, bytea, timestamptz, text, text, bytea, bytea, text) owner to primary_conect_owner;
revoke all on function event_log.append_feed_event(
    text, bigint, timestamptz, bytea, timestamptz, text, text, bytea, bytea, text) from public;
comment on function event_log.append_feed_event(
    text, bigint, timestamptz, bytea, timestamptz, text, text, bytea, bytea, text) is
    'The watch''s way into a hospital''s log: that its feed fell silent, or was heard again, behind position "expected"; '
    'takes nothing else. Answers "moved" with the head if the log ends elsewhere, "settled" if just that was told last: '
    'then nothing was written. Else "appended" with the new head. Either way the head stays locked to the end of the '
    'transaction.';
