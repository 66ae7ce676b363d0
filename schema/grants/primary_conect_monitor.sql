-- The monitor sees how far and how fresh everything is, and which codes were given: no patient data, no message.
grant pg_monitor to primary_conect_monitor;
grant usage on schema event_log, practice to primary_conect_monitor;
grant select on event_log.head to primary_conect_monitor;
grant select (log, position, recorded_at, trigger, disposition, answer, reason, control_id_reused)
    on event_log.message to primary_conect_monitor;
grant select on practice.checkpoint, practice.checkpoint_shadow, practice.feed, practice.feed_shadow,
    practice.feed_rhythm, practice.feed_rhythm_shadow
    to primary_conect_monitor;
grant select (hospital, position, type, reason, recorded_at) on practice.poison, practice.poison_shadow
    to primary_conect_monitor;
grant execute on function event_log.position_at(text, timestamptz) to primary_conect_monitor;
grant execute on function event_log.waiting_counts() to primary_conect_monitor;
grant execute on function event_log.checkpoints() to primary_conect_monitor;
grant execute on function event_log.checkpoint_standing(integer) to primary_conect_monitor;
