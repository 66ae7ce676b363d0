-- The operator: reads again or discards what is held back, and takes an alias back.
--
-- What becomes of a held back message is told by events in the stream quarantine:<position>: its row never changes, and
-- it waits as long as that stream is empty. No table beside the log says so too, so none can say otherwise; the index
-- event_stream finds the answer for each of the few messages in message_waiting.

do $role$
begin
    create role primary_conect_operator nosuperuser nocreatedb nocreaterole nobypassrls noreplication login;
exception when duplicate_object or unique_violation then
    null; -- another database of this cluster has made it, perhaps just now
end
$role$;
comment on role primary_conect_operator is
    'Reads what is held back, within an access record; appends what became of it, and nothing else.';
-- A command that says "done" promises what a receipt promises.
alter role primary_conect_operator set synchronous_commit = on;
-- It holds the head of a log while it reckons leaves, which is a matter of milliseconds.
alter role primary_conect_operator set idle_in_transaction_session_timeout = '10s';

set local role primary_conect_owner;

comment on column event_log.event.stream is
    'Whose event it is: encounter:<key>, patient:<key>, message, or quarantine:<position> for what became of the message '
    'held back there.';
comment on column event_log.event.message_position is
    'The message that told it, by its position; null if none did. Of a message that was held back and read again later, '
    'the events stand behind those that it had at first.';
comment on column event_log.message.disposition is
    'read, kept (no effect), quarantined (held back: it waits while the stream quarantine:<position> is empty) or refused.';
comment on column practice.feed.position is 'Position of the newest projected message.';
comment on column practice.feed_shadow.position is 'Position of the newest projected message.';

reset role;
