-- The projector reads the log and writes the views of every practice. It reads no message bytes, writes no event,
-- and neither writes nor reads the access records.
grant usage on schema event_log, practice to primary_conect_projector;
grant select on event_log.head, event_log.event to primary_conect_projector;
grant select on practice.installation to primary_conect_projector;
grant select, insert, update, delete on
    practice.checkpoint, practice.feed, practice.encounter, practice.encounter_state, practice.patient_state, practice.poison,
    practice.checkpoint_shadow, practice.feed_shadow, practice.encounter_shadow, practice.encounter_state_shadow,
    practice.patient_state_shadow, practice.poison_shadow
    to primary_conect_projector;
grant select, insert, update, delete on
    practice.registration, practice.registration_state, practice.registration_point,
    practice.registration_shadow, practice.registration_state_shadow, practice.registration_point_shadow
    to primary_conect_projector;
grant execute on function practice.hold_registrations(text, bigint) to primary_conect_projector;
grant execute on function practice.advance(text, text, bigint, bigint, timestamptz, text) to primary_conect_projector;
grant execute on function practice.begin_rebuild() to primary_conect_projector;
grant execute on function practice.hold_rebuild(uuid) to primary_conect_projector;
grant execute on function practice.swap_rebuild(uuid, text) to primary_conect_projector;
