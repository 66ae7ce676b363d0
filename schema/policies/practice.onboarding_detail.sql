-- Who works on a case: the hospital, and the complex care team once the patient agreed. Practices see the state alone
-- (practice.onboarding_case). The twin has the same policies.
drop policy if exists onboarding_detail_within_access on practice.onboarding_detail;
create policy onboarding_detail_within_access on practice.onboarding_detail for select to primary_conect_service
    using (hospital = (select audit.current_practice())
           or is_with_care and practice = (select audit.current_practice()) and (select audit.current_role()) = 'complex-care');
comment on policy onboarding_detail_within_access on practice.onboarding_detail is 'The access record is the scope: the hospitals own cases, and for complex care those of patients who agreed.';
drop policy if exists onboarding_detail_projected on practice.onboarding_detail;
create policy onboarding_detail_projected on practice.onboarding_detail for all to primary_conect_projector
    using (true) with check (true);
comment on policy onboarding_detail_projected on practice.onboarding_detail is 'The projector writes for every hospital.';
drop policy if exists onboarding_detail_audited on practice.onboarding_detail;
create policy onboarding_detail_audited on practice.onboarding_detail for select to primary_conect_auditor using (true);
comment on policy onboarding_detail_audited on practice.onboarding_detail is 'The auditor reads all.';

drop policy if exists onboarding_detail_within_access on practice.onboarding_detail_shadow;
create policy onboarding_detail_within_access on practice.onboarding_detail_shadow for select to primary_conect_service
    using (hospital = (select audit.current_practice())
           or is_with_care and practice = (select audit.current_practice()) and (select audit.current_role()) = 'complex-care');
comment on policy onboarding_detail_within_access on practice.onboarding_detail_shadow is 'The access record is the scope: the hospitals own cases, and for complex care those of patients who agreed.';
drop policy if exists onboarding_detail_projected on practice.onboarding_detail_shadow;
create policy onboarding_detail_projected on practice.onboarding_detail_shadow for all to primary_conect_projector
    using (true) with check (true);
comment on policy onboarding_detail_projected on practice.onboarding_detail_shadow is 'The projector writes for every hospital.';
drop policy if exists onboarding_detail_audited on practice.onboarding_detail_shadow;
create policy onboarding_detail_audited on practice.onboarding_detail_shadow for select to primary_conect_auditor using (true);
comment on policy onboarding_detail_audited on practice.onboarding_detail_shadow is 'The auditor reads all.';
