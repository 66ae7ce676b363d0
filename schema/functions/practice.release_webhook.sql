create or replace function practice.release_webhook(practice text, webhook uuid, at timestamptz) returns void
    language sql volatile security definer parallel unsafe set search_path = pg_catalog, pg_temp
as $$
    update practice.webhook w set leased_until = release_webhook.at
    where w.practice = release_webhook.practice and w.webhook = release_webhook.webhook
$$;
alter function practice.release_webhook(text, uuid, timestamptz) owner to primary_conect_owner;
revoke all on function practice.release_webhook(text, uuid, timestamptz) from public;
comment on function practice.release_webhook(text, uuid, timestamptz) is
    'Lets any process deliver to a webhook again.';
