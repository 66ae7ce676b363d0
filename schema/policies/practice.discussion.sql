-- The service sees the rows of the practice that this very transaction's access record names, and none without one.
-- The twin has the same policies, because it becomes the live table when a rebuild is swapped in.
drop policy if exists discussion_within_access on practice.discussion;
create policy discussion_within_access on practice.discussion for select to primary_conect_service
    using (practice = (select audit.current_practice()));
comment on policy discussion_within_access on practice.discussion is 'The access record is the scope.';
drop policy if exists discussion_projected on practice.discussion;
create policy discussion_projected on practice.discussion for all to primary_conect_projector using (true) with check (true);
comment on policy discussion_projected on practice.discussion is 'The projector writes for every practice.';
drop policy if exists discussion_audited on practice.discussion;
create policy discussion_audited on practice.discussion for select to primary_conect_auditor using (true);
comment on policy discussion_audited on practice.discussion is 'The auditor reads all.';

drop policy if exists discussion_within_access on practice.discussion_shadow;
create policy discussion_within_access on practice.discussion_shadow for select to primary_conect_service
    using (practice = (select audit.current_practice()));
comment on policy discussion_within_access on practice.discussion_shadow is 'The access record is the scope.';
drop policy if exists discussion_projected on practice.discussion_shadow;
create policy discussion_projected on practice.discussion_shadow for all to primary_conect_projector using (true) with check (true);
comment on policy discussion_projected on practice.discussion_shadow is 'The projector writes for every practice.';
drop policy if exists discussion_audited on practice.discussion_shadow;
create policy discussion_audited on practice.discussion_shadow for select to primary_conect_auditor using (true);
comment on policy discussion_audited on practice.discussion_shadow is 'The auditor reads all.';
