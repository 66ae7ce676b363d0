-- A practice's own, within its access record; the functions that act as the owner name the practice and no patient.
drop policy if exists webhook_within_access on practice.webhook;
create policy webhook_within_access on practice.webhook for all to primary_conect_service
    using (practice = (select audit.current_practice())) with check (practice = (select audit.current_practice()));
comment on policy webhook_within_access on practice.webhook is 'The access record is the scope.';
drop policy if exists webhook_delivered on practice.webhook;
create policy webhook_delivered on practice.webhook for all to primary_conect_owner using (true) with check (true);
comment on policy webhook_delivered on practice.webhook is 'For practice.webhooks_due, settle_delivery and release_webhook, which act as the owner.';
drop policy if exists webhook_audited on practice.webhook;
create policy webhook_audited on practice.webhook for select to primary_conect_auditor using (true);
comment on policy webhook_audited on practice.webhook is 'The auditor reads all that its grant names: no secret.';
