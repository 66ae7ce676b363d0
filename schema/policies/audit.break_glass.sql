-- Append only, whoever asks: the trigger stands beside the missing grants and fires for replication roles too.
create or replace trigger break_glass_refuse_change
    before update or delete or truncate on audit.break_glass
    for each statement execute function audit.refuse_change();
alter table audit.break_glass enable always trigger break_glass_refuse_change;
comment on trigger break_glass_refuse_change on audit.break_glass is 'Append only.';
