-- Append only, whoever asks: the trigger stands beside the missing grants and fires for replication roles too.
create or replace trigger subtree_refuse_change
    before update or delete or truncate on event_log.subtree
    for each statement execute function event_log.refuse_change();
alter table event_log.subtree enable always trigger subtree_refuse_change;
comment on trigger subtree_refuse_change on event_log.subtree is 'Append only.';
