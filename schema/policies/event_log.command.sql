-- Append only, whoever asks: the trigger stands beside the missing grants and fires for replication roles too.
create or replace trigger command_refuse_change
    before update or delete or truncate on event_log.command
    for each statement execute function event_log.refuse_change();
alter table event_log.command enable always trigger command_refuse_change;
comment on trigger command_refuse_change on event_log.command is 'Append only.';
