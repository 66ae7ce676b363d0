-- The auditor reads everything but the key of the refs, and changes nothing; it writes what the review of a broken glass
-- came to.
grant usage on schema event_log, practice, audit to primary_conect_auditor;
grant select on event_log.head, event_log.message, event_log.event, event_log.command to primary_conect_auditor;
grant select on audit.access, audit.shown, audit.break_glass, audit.break_glass_review to primary_conect_auditor;
grant select on
    practice.checkpoint, practice.feed, practice.encounter, practice.encounter_state, practice.patient_state, practice.poison,
    practice.checkpoint_shadow, practice.feed_shadow, practice.encounter_shadow, practice.encounter_state_shadow,
    practice.patient_state_shadow, practice.poison_shadow, practice.rebuild
    to primary_conect_auditor;
grant execute on function event_log.position_at(text, timestamptz) to primary_conect_auditor;
grant select on
    practice.concern, practice.discussion, practice.huddle, practice.action, practice.symphony,
    practice.concern_shadow, practice.discussion_shadow, practice.huddle_shadow, practice.action_shadow, practice.symphony_shadow
    to primary_conect_auditor;
grant execute on function audit.review_break_glass(uuid, text, text, text) to primary_conect_auditor;
