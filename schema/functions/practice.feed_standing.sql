create or replace function practice.feed_standing(hour integer)
    returns table (
        hospital text, feed text, last_heard_at timestamptz, "position" bigint, messages bigint,
        silence_told_at timestamptz, usual integer, waiting bigint, waiting_since timestamptz)
    language plpgsql stable security definer parallel unsafe rows 10 set search_path = pg_catalog, pg_temp
as $$
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
$$;
alter function practice.feed_standing(integer) owner to primary_conect_owner;
revoke all on function practice.feed_standing(integer) from public;
comment on function practice.feed_standing(integer) is
    'When each feed was last heard, what is usual in this hour of the week, and what the views do not show yet: no patient data, so it needs no access record.';
