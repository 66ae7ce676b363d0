-- Append only, whoever asks: the trigger stands beside the missing grants and fires for replication roles too. But for
-- event_log.redact nothing is ever updated: see event_log.refuse_update and event_log.refuse_all_but_redaction.
create or replace trigger message_refuse_change
    before delete or truncate on event_log.message
    for each statement execute function event_log.refuse_change();
alter table event_log.message enable always trigger message_refuse_change;
comment on trigger message_refuse_change on event_log.message is 'Append only.';
create or replace trigger message_refuse_update
    before update on event_log.message
    for each statement execute function event_log.refuse_update();
alter table event_log.message enable always trigger message_refuse_update;
comment on trigger message_refuse_update on event_log.message is 'No update but in a transaction that redacts.';
create or replace trigger message_refuse_all_but_redaction
    before update on event_log.message
    for each row execute function event_log.refuse_all_but_redaction();
alter table event_log.message enable always trigger message_refuse_all_but_redaction;
comment on trigger message_refuse_all_but_redaction on event_log.message is
    'What redacts may take out payload or bytes with their salt, the digest being kept, and nothing else.';
