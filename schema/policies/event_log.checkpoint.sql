-- Append only, whoever asks: the trigger stands beside the missing grants and fires for replication roles too.
create or replace trigger checkpoint_refuse_change
    before update or delete or truncate on event_log.checkpoint
    for each statement execute function event_log.refuse_change();
alter table event_log.checkpoint enable always trigger checkpoint_refuse_change;
comment on trigger checkpoint_refuse_change on event_log.checkpoint is 'Append only.';
