create or replace function practice.settle_delivery(
    practice text, webhook uuid, event text, state text, status integer, error text, at timestamptz, due_at timestamptz,
    off_reason text
) returns void
    language plpgsql volatile security definer parallel unsafe set search_path = pg_catalog, pg_temp
as $$
begin
    update practice.delivery d
    set state = settle_delivery.state, attempts = d.attempts + 1, tried_at = settle_delivery.at,
        due_at = coalesce(settle_delivery.due_at, d.due_at), status = settle_delivery.status, error = settle_delivery.error
    where d.practice = settle_delivery.practice and d.webhook = settle_delivery.webhook and d.event = settle_delivery.event
      and d.state = 'waiting';
    update practice.webhook w
    set failing_since = case when settle_delivery.state = 'delivered' then null
                             else coalesce(w.failing_since, settle_delivery.at) end,
        state = case when settle_delivery.off_reason is null then w.state else 'off' end,
        off_reason = coalesce(settle_delivery.off_reason, w.off_reason)
    where w.practice = settle_delivery.practice and w.webhook = settle_delivery.webhook;
end
$$;
alter function practice.settle_delivery(text, uuid, text, text, integer, text, timestamptz, timestamptz, text)
    owner to primary_conect_owner;
revoke all on function practice.settle_delivery(text, uuid, text, text, integer, text, timestamptz, timestamptz, text)
    from public;
comment on function practice.settle_delivery(text, uuid, text, text, integer, text, timestamptz, timestamptz, text) is
    'Notes how an attempt to deliver ended, and what that means for the webhook.';
