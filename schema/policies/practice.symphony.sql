-- The service sees the rows of the practice that this very transaction's access record names, and none without one.
-- The twin has the same policies, because it becomes the live table when a rebuild is swapped in.
drop policy if exists symphony_within_access on practice.symphony;
create policy symphony_within_access on practice.symphony for select to primary_conect_service
    using (practice = (select audit.current_practice()));
comment on policy symphony_within_access on practice.symphony is 'The access record is the scope.';
drop policy if exists symphony_projected on practice.symphony;
create policy symphony_projected on practice.symphony for all to primary_conect_projector using (true) with check (true);
comment on policy symphony_projected on practice.symphony is 'The projector writes for every practice.';
drop policy if exists symphony_audited on practice.symphony;
create policy symphony_audited on practice.symphony for select to primary_conect_auditor using (true);
comment on policy symphony_audited on practice.symphony is 'The auditor reads all.';

drop policy if exists symphony_within_access on practice.symphony_shadow;
create policy symphony_within_access on practice.symphony_shadow for select to primary_conect_service
    using (practice = (select audit.current_practice()));
comment on policy symphony_within_access on practice.symphony_shadow is 'The access record is the scope.';
drop policy if exists symphony_projected on practice.symphony_shadow;
create policy symphony_projected on practice.symphony_shadow for all to primary_conect_projector using (true) with check (true);
comment on policy symphony_projected on practice.symphony_shadow is 'The projector writes for every practice.';
drop policy if exists symphony_audited on practice.symphony_shadow;
create policy symphony_audited on practice.symphony_shadow for select to primary_conect_auditor using (true);
comment on policy symphony_audited on practice.symphony_shadow is 'The auditor reads all.';
