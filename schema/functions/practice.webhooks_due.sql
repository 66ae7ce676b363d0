create or replace function practice.webhooks_due(at timestamptz) returns table (practice text, webhook uuid)
    language sql stable security definer parallel unsafe set search_path = pg_catalog, pg_temp
as $$
    select w.practice, w.webhook
    from practice.webhook w
    left join practice.counter c on c.practice = w.practice
    where w.state = 'on' and w.leased_until <= webhooks_due.at
      and (w.test_due_at <= webhooks_due.at
           or c.count > w.count or c.epoch <> w.epoch
           or exists (select from practice.delivery d
                      where d.practice = w.practice and d.webhook = w.webhook and d.state = 'waiting'
                        and d.due_at <= webhooks_due.at))
    order by w.practice, w.webhook
$$;
alter function practice.webhooks_due(timestamptz) owner to primary_conect_owner;
revoke all on function practice.webhooks_due(timestamptz) from public;
comment on function practice.webhooks_due(timestamptz) is
    'Webhooks that have something to be sent and that nobody is sending to: no patient data, so it needs no access record.';
