-- The service sees the rows of the practice that this very transaction's access record names, and none without one.
-- The twin has the same policies, because it becomes the live table when a rebuild is swapped in.
drop policy if exists action_within_access on practice.action;
create policy action_within_access on practice.action for select to primary_conect_service
    using (practice = (select audit.current_practice()));
comment on policy action_within_access on practice.action is 'The access record is the scope.';
drop policy if exists action_projected on practice.action;
create policy action_projected on practice.action for all to primary_conect_projector using (true) with check (true);
comment on policy action_projected on practice.action is 'The projector writes for every practice.';
drop policy if exists action_audited on practice.action;
create policy action_audited on practice.action for select to primary_conect_auditor using (true);
comment on policy action_audited on practice.action is 'The auditor reads all.';

drop policy if exists action_within_access on practice.action_shadow;
create policy action_within_access on practice.action_shadow for select to primary_conect_service
    using (practice = (select audit.current_practice()));
comment on policy action_within_access on practice.action_shadow is 'The access record is the scope.';
drop policy if exists action_projected on practice.action_shadow;
create policy action_projected on practice.action_shadow for all to primary_conect_projector using (true) with check (true);
comment on policy action_projected on practice.action_shadow is 'The projector writes for every practice.';
drop policy if exists action_audited on practice.action_shadow;
create policy action_audited on practice.action_shadow for select to primary_conect_auditor using (true);
comment on policy action_audited on practice.action_shadow is 'The auditor reads all.';
