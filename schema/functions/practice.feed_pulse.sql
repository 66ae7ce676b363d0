create or replace function practice.feed_pulse()
    returns table (hospital text, feed text, last_heard_at timestamptz, "position" bigint, messages bigint)
    language sql stable security definer parallel unsafe set search_path = pg_catalog, pg_temp
as $$
    select f.hospital, f.feed, f.last_heard_at, f.position, f.messages from practice.feed f order by f.hospital, f.feed
$$;
alter function practice.feed_pulse() owner to primary_conect_owner;
revoke all on function practice.feed_pulse() from public;
comment on function practice.feed_pulse() is
    'When each feed was last heard, for a process that watches them on behalf of all its streams: no patient data, so it needs no access record.';
