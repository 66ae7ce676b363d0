-- As practice.feed: no patient data, yet a look at it is a look.
drop policy if exists feed_rhythm_within_access on practice.feed_rhythm;
create policy feed_rhythm_within_access on practice.feed_rhythm for select to primary_conect_service
    using ((select audit.current_practice()) is not null);
comment on policy feed_rhythm_within_access on practice.feed_rhythm is 'No record, no rows.';
drop policy if exists feed_rhythm_projected on practice.feed_rhythm;
create policy feed_rhythm_projected on practice.feed_rhythm for all to primary_conect_projector
    using (true) with check (true);
comment on policy feed_rhythm_projected on practice.feed_rhythm is 'The projector writes for every hospital.';
drop policy if exists feed_rhythm_watched on practice.feed_rhythm;
create policy feed_rhythm_watched on practice.feed_rhythm for select
    to primary_conect_auditor, primary_conect_monitor using (true);
comment on policy feed_rhythm_watched on practice.feed_rhythm is 'Auditor and monitor see how each feed is used to speak.';

drop policy if exists feed_rhythm_within_access on practice.feed_rhythm_shadow;
create policy feed_rhythm_within_access on practice.feed_rhythm_shadow for select to primary_conect_service
    using ((select audit.current_practice()) is not null);
comment on policy feed_rhythm_within_access on practice.feed_rhythm_shadow is 'No record, no rows.';
drop policy if exists feed_rhythm_projected on practice.feed_rhythm_shadow;
create policy feed_rhythm_projected on practice.feed_rhythm_shadow for all to primary_conect_projector
    using (true) with check (true);
comment on policy feed_rhythm_projected on practice.feed_rhythm_shadow is 'The projector writes for every hospital.';
drop policy if exists feed_rhythm_watched on practice.feed_rhythm_shadow;
create policy feed_rhythm_watched on practice.feed_rhythm_shadow for select
    to primary_conect_auditor, primary_conect_monitor using (true);
comment on policy feed_rhythm_watched on practice.feed_rhythm_shadow is
    'Auditor and monitor see how each feed is used to speak.';

drop policy if exists feed_rhythm_pulsed on practice.feed_rhythm;
create policy feed_rhythm_pulsed on practice.feed_rhythm for select to primary_conect_owner using (true);
comment on policy feed_rhythm_pulsed on practice.feed_rhythm is 'For practice.feed_standing, which acts as the owner.';

drop policy if exists feed_rhythm_pulsed on practice.feed_rhythm_shadow;
create policy feed_rhythm_pulsed on practice.feed_rhythm_shadow for select to primary_conect_owner using (true);
comment on policy feed_rhythm_pulsed on practice.feed_rhythm_shadow is
    'For practice.feed_standing, which acts as the owner.';
