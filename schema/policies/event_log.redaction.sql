-- Append only, whoever asks: the trigger stands beside the missing grants and fires for replication roles too.
create or replace trigger redaction_refuse_change
    before update or delete or truncate on event_log.redaction
    for each statement execute function event_log.refuse_change();
alter table event_log.redaction enable always trigger redaction_refuse_change;
comment on trigger redaction_refuse_change on event_log.redaction is 'Append only.';
