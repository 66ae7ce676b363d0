-- The journal names patients by refs: the service sees the lines of the practice that its access record names.
drop policy if exists change_within_access on practice.change;
create policy change_within_access on practice.change for select to primary_conect_service
    using (practice = (select audit.current_practice()));
comment on policy change_within_access on practice.change is 'The access record is the scope.';
drop policy if exists change_projected on practice.change;
create policy change_projected on practice.change for all to primary_conect_projector using (true) with check (true);
comment on policy change_projected on practice.change is 'The projector tells every practice.';
drop policy if exists change_audited on practice.change;
create policy change_audited on practice.change for select to primary_conect_auditor using (true);
comment on policy change_audited on practice.change is 'The auditor reads all.';
