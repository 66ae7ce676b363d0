-- No patient data, yet a look at it is a look: the service sees the feeds once it has an access record.
drop policy if exists feed_within_access on practice.feed;
create policy feed_within_access on practice.feed for select to primary_conect_service
    using ((select audit.current_practice()) is not null);
comment on policy feed_within_access on practice.feed is 'No record, no rows.';
drop policy if exists feed_projected on practice.feed;
create policy feed_projected on practice.feed for all to primary_conect_projector using (true) with check (true);
comment on policy feed_projected on practice.feed is 'The projector writes for every hospital.';
drop policy if exists feed_watched on practice.feed;
create policy feed_watched on practice.feed for select to primary_conect_auditor, primary_conect_monitor using (true);
comment on policy feed_watched on practice.feed is 'Auditor and monitor see how fresh each feed is.';

drop policy if exists feed_within_access on practice.feed_shadow;
create policy feed_within_access on practice.feed_shadow for select to primary_conect_service
    using ((select audit.current_practice()) is not null);
comment on policy feed_within_access on practice.feed_shadow is 'No record, no rows.';
drop policy if exists feed_projected on practice.feed_shadow;
create policy feed_projected on practice.feed_shadow for all to primary_conect_projector using (true) with check (true);
comment on policy feed_projected on practice.feed_shadow is 'The projector writes for every hospital.';
drop policy if exists feed_watched on practice.feed_shadow;
create policy feed_watched on practice.feed_shadow for select to primary_conect_auditor, primary_conect_monitor using (true);
comment on policy feed_watched on practice.feed_shadow is 'Auditor and monitor see how fresh each feed is.';

drop policy if exists feed_pulsed on practice.feed;
create policy feed_pulsed on practice.feed for select to primary_conect_owner using (true);
comment on policy feed_pulsed on practice.feed is 'For practice.feed_standing, which acts as the owner.';

drop policy if exists feed_pulsed on practice.feed_shadow;
create policy feed_pulsed on practice.feed_shadow for select to primary_conect_owner using (true);
comment on policy feed_pulsed on practice.feed_shadow is 'For practice.feed_standing, which acts as the owner.';
