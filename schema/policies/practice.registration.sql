-- The service sees the rows of the practice that this very transaction's access record names, and none without one.
-- The twin has the same policies, because it becomes the live table when a rebuild is swapped in.
drop policy if exists registration_within_access on practice.registration;
create policy registration_within_access on practice.registration for select to primary_conect_service
    using (practice = (select audit.current_practice()));
comment on policy registration_within_access on practice.registration is 'The access record is the scope.';
drop policy if exists registration_projected on practice.registration;
create policy registration_projected on practice.registration for all to primary_conect_projector using (true) with check (true);
comment on policy registration_projected on practice.registration is 'The projector writes for every practice.';
drop policy if exists registration_audited on practice.registration;
create policy registration_audited on practice.registration for select to primary_conect_auditor using (true);
comment on policy registration_audited on practice.registration is 'The auditor reads all.';

drop policy if exists registration_within_access on practice.registration_shadow;
create policy registration_within_access on practice.registration_shadow for select to primary_conect_service
    using (practice = (select audit.current_practice()));
comment on policy registration_within_access on practice.registration_shadow is 'The access record is the scope.';
drop policy if exists registration_projected on practice.registration_shadow;
create policy registration_projected on practice.registration_shadow for all to primary_conect_projector
    using (true) with check (true);
comment on policy registration_projected on practice.registration_shadow is 'The projector writes for every practice.';
drop policy if exists registration_audited on practice.registration_shadow;
create policy registration_audited on practice.registration_shadow for select to primary_conect_auditor using (true);
comment on policy registration_audited on practice.registration_shadow is 'The auditor reads all.';
