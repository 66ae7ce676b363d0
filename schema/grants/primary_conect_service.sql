-- The service writes who looks, and then reads the rows of that one practice (see policies/). It cannot read the log,
-- the projector's memory, the key of the refs or the access records. What staff do, and what a practice tells of its
-- list, it reads and appends by functions that take nothing else, within an access record of that very log. Polls that
-- found nothing new it notes in batches. It keeps the practice's webhooks. The twins are named because a swap makes them
-- live.
grant usage on schema practice, audit, event_log, access to primary_conect_service;
grant select on practice.encounter, practice.encounter_shadow, practice.feed, practice.feed_shadow,
    practice.feed_rhythm, practice.feed_rhythm_shadow to primary_conect_service;
grant select on practice.registration, practice.registration_shadow to primary_conect_service;
grant execute on function practice.standing() to primary_conect_service;
grant execute on function audit.open_access(text, text, text, text, text, text, text, text, uuid) to primary_conect_service;
grant execute on function audit.record_shown(text[]) to primary_conect_service;
grant execute on function audit.record_denial(text, text, text, text, text, text, text, text, text) to primary_conect_service;
grant execute on function audit.current_practice() to primary_conect_service;
grant select on
    practice.onboarding_case, practice.onboarding_case_shadow, practice.onboarding_detail, practice.onboarding_detail_shadow
    to primary_conect_service;
grant execute on function audit.current_role() to primary_conect_service;
grant execute on function event_log.staff_events(text, text) to primary_conect_service;
grant execute on function event_log.append_acts(
    text, bigint, bigint, text, text, bytea, timestamptz, bytea, timestamptz[], text[], bytea[], bytea[], text[])
    to primary_conect_service;
grant execute on function event_log.registrations(text, bigint, integer) to primary_conect_service;
grant execute on function event_log.append_registrations(
    text, bigint, bigint, timestamptz, bytea, timestamptz[], text[], text[], bytea[], bytea[], text[])
    to primary_conect_service;
grant select on
    practice.concern, practice.discussion, practice.huddle, practice.action, practice.symphony,
    practice.concern_shadow, practice.discussion_shadow, practice.huddle_shadow, practice.action_shadow, practice.symphony_shadow
    to primary_conect_service;
grant execute on function practice.reached(text) to primary_conect_service;
grant execute on function audit.open_break_glass(text, text, text, text, text, text, integer, text) to primary_conect_service;
grant execute on function audit.break_glass_is_open(text, uuid, text, text, text) to primary_conect_service;
grant execute on function access.use_assertion(text, bytea, timestamptz, timestamptz) to primary_conect_service;
grant select on practice.change to primary_conect_service;
grant execute on function practice.pulse(text[]) to primary_conect_service;
grant execute on function practice.feed_standing(integer) to primary_conect_service;
grant execute on function audit.note_polls(text[], text[], text[], text[], text[], bigint[], timestamptz[], timestamptz[])
    to primary_conect_service;
grant execute on function practice.cursor_key() to primary_conect_service;
grant select, insert, update, delete on practice.webhook, practice.delivery to primary_conect_service;
grant execute on function practice.webhooks_due(timestamptz) to primary_conect_service;
grant execute on function practice.settle_delivery(text, uuid, text, text, integer, text, timestamptz, timestamptz, text)
    to primary_conect_service;
grant execute on function practice.release_webhook(text, uuid, timestamptz) to primary_conect_service;
-- Histories: of a ref of the practice whose access record is open; what an auditor alone may read, by its functions' own rule.
grant execute on function event_log.history_events(text, text, text, integer),
    event_log.history_acts(text[], timestamptz, integer), practice.history_rows(text, text[]), practice.sensitivity_policy(),
    practice.history_deliveries(text[], text[], integer), audit.history_looks(text[], text[], integer)
    to primary_conect_service;
grant execute on function event_log.checkpoints() to primary_conect_service;
grant execute on function event_log.leaf_hashes(text, bigint, bigint) to primary_conect_service;
grant execute on function event_log.subtree_hashes(text, bigint) to primary_conect_service;
-- Its statements are long, few and prepared: to plan each anew costs as much as to run it, and their indexes do not hang on
-- what is asked for.
do $settings$
begin
    execute format('alter role primary_conect_service in database %I set plan_cache_mode = force_generic_plan', current_database());
end
$settings$;
