-- The auditor reads everything, and changes nothing; it writes what the review of a broken glass came to, and, of its own
-- reading of who looked at whom, that it looked. With the key of the refs it makes those under which rows were shown at a
-- moment of the past.
grant usage on schema event_log, practice, audit to primary_conect_auditor;
grant select on event_log.head, event_log.message, event_log.event, event_log.command,
    event_log.checkpoint, event_log.subtree, event_log.redaction to primary_conect_auditor;
grant select on audit.access, audit.shown, audit.poll, audit.break_glass, audit.break_glass_review to primary_conect_auditor;
grant select on practice.change, practice.counter, practice.list_version to primary_conect_auditor;
grant select on
    practice.checkpoint, practice.feed, practice.feed_rhythm, practice.encounter, practice.encounter_state, practice.patient_state, practice.poison,
    practice.checkpoint_shadow, practice.feed_shadow, practice.feed_rhythm_shadow, practice.encounter_shadow, practice.encounter_state_shadow,
    practice.patient_state_shadow, practice.poison_shadow, practice.rebuild
    to primary_conect_auditor;
grant select on
    practice.registration, practice.registration_state, practice.registration_point,
    practice.registration_shadow, practice.registration_state_shadow, practice.registration_point_shadow
    to primary_conect_auditor;
grant execute on function event_log.position_at(text, timestamptz) to primary_conect_auditor;
grant select on
    practice.onboarding_case, practice.onboarding_case_shadow, practice.onboarding_detail, practice.onboarding_detail_shadow,
    practice.onboarding_follow
    to primary_conect_auditor;
grant select on practice.delivery to primary_conect_auditor;
grant select (practice, webhook, url, types, state, off_reason, made_by, made_at, failing_since)
    on practice.webhook to primary_conect_auditor;
grant execute on function audit.review_break_glass(uuid, text, text, text) to primary_conect_auditor;
grant select on
    practice.concern, practice.discussion, practice.huddle, practice.action, practice.symphony,
    practice.concern_shadow, practice.discussion_shadow, practice.huddle_shadow, practice.action_shadow, practice.symphony_shadow
    to primary_conect_auditor;
grant execute on function audit.open_access(text, text, text, text, text, text, text, text, uuid) to primary_conect_auditor;
grant execute on function audit.record_shown(text[]) to primary_conect_auditor;
grant execute on function audit.patient_refs(text[], text[]) to primary_conect_auditor;
grant select (ref_key, successors) on practice.installation to primary_conect_auditor;
-- The history of a patient, told within an access record that says who looks and why.
grant execute on function audit.open_auditor_access(text, text, text, text, text), audit.record_shown(text[]),
    audit.current_practice(), audit.current_role()
    to primary_conect_auditor;
grant execute on function event_log.history_events(text, text, text, integer),
    event_log.history_messages(text, bigint[]), event_log.history_acts(text[], timestamptz, integer),
    practice.history_rows(text, text[]), practice.history_deliveries(text[], text[], integer), practice.sensitivity_policy(),
    audit.history_looks(text[], text[], integer)
    to primary_conect_auditor;
grant execute on function event_log.checkpoints() to primary_conect_auditor;
grant execute on function event_log.leaf_hashes(text, bigint, bigint) to primary_conect_auditor;
grant execute on function event_log.subtree_hashes(text, bigint) to primary_conect_auditor;
