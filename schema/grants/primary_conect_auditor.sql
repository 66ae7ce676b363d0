-- The auditor reads everything but the key of the refs, and changes nothing.
grant usage on schema event_log, practice, audit to primary_conect_auditor;
grant select on event_log.head, event_log.message, event_log.event to primary_conect_auditor;
grant select on audit.access, audit.shown to primary_conect_auditor;
grant select on
    practice.checkpoint, practice.feed, practice.encounter, practice.encounter_state, practice.patient_state, practice.poison,
    practice.checkpoint_shadow, practice.feed_shadow, practice.encounter_shadow, practice.encounter_state_shadow,
    practice.patient_state_shadow, practice.poison_shadow, practice.rebuild
    to primary_conect_auditor;
grant select on
    practice.registration, practice.registration_state, practice.registration_point,
    practice.registration_shadow, practice.registration_state_shadow, practice.registration_point_shadow
    to primary_conect_auditor;
grant execute on function event_log.position_at(text, timestamptz) to primary_conect_auditor;
