-- Append only, whoever asks: the trigger stands beside the missing grants and fires for replication roles too.
create or replace trigger message_refuse_change
    before update or delete or truncate on event_log.message
    for each statement execute function event_log.refuse_change();
alter table event_log.message enable always trigger message_refuse_change;
comment on trigger message_refuse_change on event_log.message is 'Append only.';
