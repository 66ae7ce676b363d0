-- The projector reads the log and writes the views of every practice. It reads no message bytes, neither writes nor reads
-- the access records, and writes no event but that a feed fell silent or was heard again, by a function that takes nothing else.
grant usage on schema event_log, practice to primary_conect_projector;
grant select on event_log.head, event_log.event to primary_conect_projector;
grant select on practice.installation to primary_conect_projector;
grant select, insert, update, delete on
    practice.checkpoint, practice.feed, practice.feed_rhythm, practice.encounter, practice.encounter_state, practice.patient_state, practice.poison,
    practice.checkpoint_shadow, practice.feed_shadow, practice.feed_rhythm_shadow, practice.encounter_shadow, practice.encounter_state_shadow,
    practice.patient_state_shadow, practice.poison_shadow
    to primary_conect_projector;
grant select, insert, update, delete on
    practice.onboarding_case, practice.onboarding_case_shadow, practice.onboarding_detail, practice.onboarding_detail_shadow,
    practice.onboarding_follow
    to primary_conect_projector;
grant execute on function event_log.append_feed_event(
    text, bigint, timestamptz, bytea, timestamptz, text, text, bytea, bytea, text) to primary_conect_projector;
grant select, insert, update, delete on
    practice.registration, practice.registration_state, practice.registration_point,
    practice.registration_shadow, practice.registration_state_shadow, practice.registration_point_shadow
    to primary_conect_projector;
grant execute on function practice.hold_registrations(text, bigint) to primary_conect_projector;
grant execute on function practice.advance(text, text, bigint, bigint, timestamptz, text) to primary_conect_projector;
grant execute on function practice.begin_rebuild() to primary_conect_projector;
grant execute on function practice.settle_basis(text) to primary_conect_projector;
grant execute on function practice.hold_rebuild(uuid) to primary_conect_projector;
grant execute on function practice.index_rebuild(uuid, integer, integer) to primary_conect_projector;
grant execute on function practice.swap_rebuild(uuid, text) to primary_conect_projector;
grant select, insert, update, delete on
    practice.concern, practice.discussion, practice.huddle, practice.action, practice.symphony,
    practice.concern_shadow, practice.discussion_shadow, practice.huddle_shadow, practice.action_shadow, practice.symphony_shadow
    to primary_conect_projector;
grant select, insert, update, delete on practice.change, practice.counter, practice.list_version to primary_conect_projector;
grant execute on function practice.tell_changes(
    text[], text[], text[], text[], text[], text[], text[], timestamptz[], timestamptz[]) to primary_conect_projector;
grant execute on function practice.tell_rebuilt() to primary_conect_projector;
grant execute on function practice.unsay_encounters(text[], text[]) to primary_conect_projector;
grant select, delete on practice.delivery to primary_conect_projector;
grant execute on function practice.tell_feed(text, text, timestamptz, timestamptz) to primary_conect_projector;
grant execute on function practice.sweep_changes(timestamptz, integer) to primary_conect_projector;
-- The checkpointer: reads where logs end and what it signed before, and keeps what it signs.
grant select on event_log.checkpoint, event_log.redaction to primary_conect_projector;
grant execute on function event_log.append_checkpoint(text, bigint, bytea, bytea, text, timestamptz, bigint, bytea[])
    to primary_conect_projector;
