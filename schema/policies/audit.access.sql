-- Append only, whoever asks: the trigger stands beside the missing grants and fires for replication roles too.
create or replace trigger access_refuse_change
    before update or delete or truncate on audit.access
    for each statement execute function audit.refuse_change();
alter table audit.access enable always trigger access_refuse_change;
comment on trigger access_refuse_change on audit.access is 'Append only.';
