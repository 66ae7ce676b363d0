create or replace trigger shown_refuse_change
    before update or delete or truncate on audit.shown
    for each statement execute function audit.refuse_change();
alter table audit.shown enable always trigger shown_refuse_change;
comment on trigger shown_refuse_change on audit.shown is 'Append only.';
