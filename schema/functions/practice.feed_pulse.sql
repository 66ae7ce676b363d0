create or replace function practice.feed_pulse(hour integer)
    returns table (
        hospital text, feed text, last_heard_at timestamptz, "position" bigint, messages bigint,
        silence_told_at timestamptz, usual integer)
    language sql stable security definer parallel unsafe set search_path = pg_catalog, pg_temp
as $$
    select f.hospital, f.feed, f.last_heard_at, f.position, f.messages, f.silence_told_at, r.usual
    from practice.feed f
    left join practice.feed_rhythm r
        on r.hospital = f.hospital and r.feed = f.feed and r.hour_of_week = feed_pulse.hour
    order by f.hospital, f.feed
$$;
alter function practice.feed_pulse(integer) owner to primary_conect_owner;
revoke all on function practice.feed_pulse(integer) from public;
comment on function practice.feed_pulse(integer) is
    'When each feed was last heard, and what is usual in this hour of the week, for a process that watches them on behalf of all its streams: no patient data, so it needs no access record.';
