-- The service sees the rows of the practice that this very transaction's access record names, and none without one.
-- The twin has the same policies, because it becomes the live table when a rebuild is swapped in.
drop policy if exists huddle_within_access on practice.huddle;
create policy huddle_within_access on practice.huddle for select to primary_conect_service
    using (practice = (select audit.current_practice()));
comment on policy huddle_within_access on practice.huddle is 'The access record is the scope.';
drop policy if exists huddle_projected on practice.huddle;
create policy huddle_projected on practice.huddle for all to primary_conect_projector using (true) with check (true);
comment on policy huddle_projected on practice.huddle is 'The projector writes for every practice.';
drop policy if exists huddle_audited on practice.huddle;
create policy huddle_audited on practice.huddle for select to primary_conect_auditor using (true);
comment on policy huddle_audited on practice.huddle is 'The auditor reads all.';

drop policy if exists huddle_within_access on practice.huddle_shadow;
create policy huddle_within_access on practice.huddle_shadow for select to primary_conect_service
    using (practice = (select audit.current_practice()));
comment on policy huddle_within_access on practice.huddle_shadow is 'The access record is the scope.';
drop policy if exists huddle_projected on practice.huddle_shadow;
create policy huddle_projected on practice.huddle_shadow for all to primary_conect_projector using (true) with check (true);
comment on policy huddle_projected on practice.huddle_shadow is 'The projector writes for every practice.';
drop policy if exists huddle_audited on practice.huddle_shadow;
create policy huddle_audited on practice.huddle_shadow for select to primary_conect_auditor using (true);
comment on policy huddle_audited on practice.huddle_shadow is 'The auditor reads all.';
