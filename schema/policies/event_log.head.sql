-- The head may only grow; that it is moved at all is the work of event_log.append. WHEN is weighed without a call.
create or replace trigger head_refuse_change
    before delete or truncate on event_log.head
    for each statement execute function event_log.refuse_change();
alter table event_log.head enable always trigger head_refuse_change;
comment on trigger head_refuse_change on event_log.head is 'A log cannot be forgotten.';
create or replace trigger head_refuse_retreat
    before update on event_log.head
    for each row when (new.log <> old.log or new.position <= old.position or new.recorded_at < old.recorded_at)
    execute function event_log.refuse_change();
alter table event_log.head enable always trigger head_refuse_retreat;
comment on trigger head_refuse_retreat on event_log.head is 'A log only grows.';
