-- The service sees the rows of the practice that this very transaction's access record names, and none without one.
-- The twin has the same policies, because it becomes the live table when a rebuild is swapped in.
drop policy if exists concern_within_access on practice.concern;
create policy concern_within_access on practice.concern for select to primary_conect_service
    using (practice = (select audit.current_practice()));
comment on policy concern_within_access on practice.concern is 'The access record is the scope.';
drop policy if exists concern_projected on practice.concern;
create policy concern_projected on practice.concern for all to primary_conect_projector using (true) with check (true);
comment on policy concern_projected on practice.concern is 'The projector writes for every practice.';
drop policy if exists concern_audited on practice.concern;
create policy concern_audited on practice.concern for select to primary_conect_auditor using (true);
comment on policy concern_audited on practice.concern is 'The auditor reads all.';

drop policy if exists concern_within_access on practice.concern_shadow;
create policy concern_within_access on practice.concern_shadow for select to primary_conect_service
    using (practice = (select audit.current_practice()));
comment on policy concern_within_access on practice.concern_shadow is 'The access record is the scope.';
drop policy if exists concern_projected on practice.concern_shadow;
create policy concern_projected on practice.concern_shadow for all to primary_conect_projector using (true) with check (true);
comment on policy concern_projected on practice.concern_shadow is 'The projector writes for every practice.';
drop policy if exists concern_audited on practice.concern_shadow;
create policy concern_audited on practice.concern_shadow for select to primary_conect_auditor using (true);
comment on policy concern_audited on practice.concern_shadow is 'The auditor reads all.';
