-- The practice of the patient and the hospital of the case see it; the access record says on whose behalf somebody looks.
-- The twin has the same policies, because it becomes the live table when a rebuild is swapped in.
drop policy if exists onboarding_case_within_access on practice.onboarding_case;
create policy onboarding_case_within_access on practice.onboarding_case for select to primary_conect_service
    using (case when practice = (select audit.current_practice()) then true
                else hospital = (select audit.current_practice()) end);
comment on policy onboarding_case_within_access on practice.onboarding_case is 'The access record is the scope: of a practice its patients, of a hospital its cases.';
drop policy if exists onboarding_case_projected on practice.onboarding_case;
create policy onboarding_case_projected on practice.onboarding_case for all to primary_conect_projector
    using (true) with check (true);
comment on policy onboarding_case_projected on practice.onboarding_case is 'The projector writes for every hospital.';
drop policy if exists onboarding_case_audited on practice.onboarding_case;
create policy onboarding_case_audited on practice.onboarding_case for select to primary_conect_auditor using (true);
comment on policy onboarding_case_audited on practice.onboarding_case is 'The auditor reads all.';

drop policy if exists onboarding_case_within_access on practice.onboarding_case_shadow;
create policy onboarding_case_within_access on practice.onboarding_case_shadow for select to primary_conect_service
    using (case when practice = (select audit.current_practice()) then true
                else hospital = (select audit.current_practice()) end);
comment on policy onboarding_case_within_access on practice.onboarding_case_shadow is 'The access record is the scope: of a practice its patients, of a hospital its cases.';
drop policy if exists onboarding_case_projected on practice.onboarding_case_shadow;
create policy onboarding_case_projected on practice.onboarding_case_shadow for all to primary_conect_projector
    using (true) with check (true);
comment on policy onboarding_case_projected on practice.onboarding_case_shadow is 'The projector writes for every hospital.';
drop policy if exists onboarding_case_audited on practice.onboarding_case_shadow;
create policy onboarding_case_audited on practice.onboarding_case_shadow for select to primary_conect_auditor using (true);
comment on policy onboarding_case_audited on practice.onboarding_case_shadow is 'The auditor reads all.';
