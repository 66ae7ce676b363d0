-- Append only, whoever asks: the trigger stands beside the missing grants and fires for replication roles too.
create or replace trigger event_refuse_change
    before update or delete or truncate on event_log.event
    for each statement execute function event_log.refuse_change();
alter table event_log.event enable always trigger event_refuse_change;
comment on trigger event_refuse_change on event_log.event is 'Append only.';
