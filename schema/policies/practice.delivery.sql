-- A practice's own, within its access record; the functions that act as the owner name the practice and no patient.
drop policy if exists delivery_within_access on practice.delivery;
create policy delivery_within_access on practice.delivery for all to primary_conect_service
    using (practice = (select audit.current_practice())) with check (practice = (select audit.current_practice()));
comment on policy delivery_within_access on practice.delivery is 'The access record is the scope.';
drop policy if exists delivery_delivered on practice.delivery;
create policy delivery_delivered on practice.delivery for all to primary_conect_owner using (true) with check (true);
comment on policy delivery_delivered on practice.delivery is 'For practice.webhooks_due, settle_delivery and release_webhook, which act as the owner.';
drop policy if exists delivery_audited on practice.delivery;
create policy delivery_audited on practice.delivery for select to primary_conect_auditor using (true);
comment on policy delivery_audited on practice.delivery is 'The auditor reads all that its grant names: no secret.';
drop policy if exists delivery_unsaid on practice.delivery;
create policy delivery_unsaid on practice.delivery for all to primary_conect_projector using (true) with check (false);
comment on policy delivery_unsaid on practice.delivery is 'For practice.unsay_encounters: what came to be withheld is sent to nobody.';
