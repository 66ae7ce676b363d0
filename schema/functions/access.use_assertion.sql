create or replace function access.use_assertion(client text, digest bytea, expires timestamptz, at timestamptz)
    returns boolean
    language plpgsql volatile security definer parallel unsafe set search_path = pg_catalog, pg_temp
as $$
begin
    -- A little of what has expired goes with each call, with room for clocks that differ.
    delete from access.assertion a
    where (a.client, a.digest) in (
        select old.client, old.digest from access.assertion old
        where old.expires < use_assertion.at - interval '10 minutes'
        order by old.expires limit 20 for update skip locked);
    insert into access.assertion (client, digest, expires)
    values (use_assertion.client, use_assertion.digest, use_assertion.expires)
    on conflict do nothing;
    return found;
end
$$;
alter function access.use_assertion(text, bytea, timestamptz, timestamptz) owner to primary_conect_owner;
revoke all on function access.use_assertion(text, bytea, timestamptz, timestamptz) from public;
comment on function access.use_assertion(text, bytea, timestamptz, timestamptz) is
    'Uses a client assertion; false if it was used before.';
