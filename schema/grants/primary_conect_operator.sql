-- The operator sees which messages are held back; reads them, and who was joined with whom, once it has written who looks
-- and why; and appends what became of them by a function that takes nothing else. With a second person's name it takes out what must not stay, digests kept. On behalf of a practice, once it has
-- written so, it reads the practice's list and appends what a new one changes. It reads no other message, no other event,
-- no view and no access record.
grant usage on schema event_log, audit to primary_conect_operator;
grant execute on function event_log.waiting(text, text) to primary_conect_operator;
grant execute on function event_log.held_messages(text, bigint[]) to primary_conect_operator;
grant execute on function event_log.identity_events(text) to primary_conect_operator;
grant execute on function event_log.append_events(
    text, bigint, timestamptz, bytea, timestamptz[], bigint[], text[], text[], bytea[], bytea[], text[])
    to primary_conect_operator;
grant execute on function event_log.redaction_of(text, bigint) to primary_conect_operator;
grant execute on function event_log.redact(text, bigint, timestamptz, bytea, bigint, bigint[], bytea, bytea, text)
    to primary_conect_operator;
grant execute on function event_log.registrations(text, bigint, integer) to primary_conect_operator;
grant execute on function event_log.append_registrations(
    text, bigint, bigint, timestamptz, bytea, timestamptz[], text[], text[], bytea[], bytea[], text[])
    to primary_conect_operator;
grant execute on function audit.open_operator_access(text, text, text, text) to primary_conect_operator;
grant execute on function audit.open_roster_access(text, text, text, text, text) to primary_conect_operator;
