-- The service sees the rows of the practice that this very transaction's access record names, and none without one.
-- The twin has the same policies, because it becomes the live table when a rebuild is swapped in. Not two policies, nor OR:
-- PostgreSQL would look for rows by both sides and go through all those of a practice; of a CASE it makes no index condition,
-- and takes the one that the statement names.
drop policy if exists encounter_within_access on practice.encounter;
drop policy if exists encounter_within_hospital on practice.encounter;
create policy encounter_within_access on practice.encounter for select to primary_conect_service
    using (case when practice = (select audit.current_practice()) then true
                else hospital = (select audit.current_practice()) and class = 'inpatient'
                     and status in ('arrived', 'in-progress', 'onleave') end);
comment on policy encounter_within_access on practice.encounter is
    'The access record is the scope. Within one of a hospital: its inpatients now, of whatever practice, and nobody else.';
drop policy if exists encounter_projected on practice.encounter;
create policy encounter_projected on practice.encounter for all to primary_conect_projector using (true) with check (true);
comment on policy encounter_projected on practice.encounter is 'The projector writes for every practice.';
drop policy if exists encounter_audited on practice.encounter;
create policy encounter_audited on practice.encounter for select to primary_conect_auditor using (true);
comment on policy encounter_audited on practice.encounter is 'The auditor reads all.';

drop policy if exists encounter_within_access on practice.encounter_shadow;
drop policy if exists encounter_within_hospital on practice.encounter_shadow;
create policy encounter_within_access on practice.encounter_shadow for select to primary_conect_service
    using (case when practice = (select audit.current_practice()) then true
                else hospital = (select audit.current_practice()) and class = 'inpatient'
                     and status in ('arrived', 'in-progress', 'onleave') end);
comment on policy encounter_within_access on practice.encounter_shadow is
    'The access record is the scope. Within one of a hospital: its inpatients now, of whatever practice, and nobody else.';
drop policy if exists encounter_projected on practice.encounter_shadow;
create policy encounter_projected on practice.encounter_shadow for all to primary_conect_projector
    using (true) with check (true);
comment on policy encounter_projected on practice.encounter_shadow is 'The projector writes for every practice.';
drop policy if exists encounter_audited on practice.encounter_shadow;
create policy encounter_audited on practice.encounter_shadow for select to primary_conect_auditor using (true);
comment on policy encounter_audited on practice.encounter_shadow is 'The auditor reads all.';

drop policy if exists encounter_recounted on practice.encounter;
create policy encounter_recounted on practice.encounter for select to primary_conect_owner using (true);
comment on policy encounter_recounted on practice.encounter is
    'The functions that tell a history keep to the access record themselves.';

drop policy if exists encounter_recounted on practice.encounter_shadow;
create policy encounter_recounted on practice.encounter_shadow for select to primary_conect_owner using (true);
comment on policy encounter_recounted on practice.encounter_shadow is
    'The functions that tell a history keep to the access record themselves.';
