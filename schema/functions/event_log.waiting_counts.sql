create or replace function event_log.waiting_counts()
    returns table (log text, reason text, messages bigint, byte_count bigint, oldest timestamptz)
    language sql stable parallel safe security definer rows 10
    set search_path = pg_catalog, pg_temp
as $$
    select w.log, w.reason, count(*), sum(w.byte_count), min(w.recorded_at)
    from event_log.waiting(null, null) w group by w.log, w.reason order by w.log, w.reason
$$;
alter function event_log.waiting_counts() owner to primary_conect_owner;
revoke all on function event_log.waiting_counts() from public;
comment on function event_log.waiting_counts() is
    'How many messages are held back, how great they are and since when the oldest one, by log and reason.';
