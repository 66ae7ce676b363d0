create or replace trigger poll_refuse_change
    before update or delete or truncate on audit.poll
    for each statement execute function audit.refuse_change();
alter table audit.poll enable always trigger poll_refuse_change;
comment on trigger poll_refuse_change on audit.poll is 'Append only.';
