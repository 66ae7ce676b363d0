create or replace function audit.open_roster_access(
    practice text, subject text, purpose text, route text, request_id text
) returns timestamptz
    language sql volatile security definer parallel unsafe set search_path = pg_catalog, pg_temp
as $$
    select opened.at
    from audit.open_access(practice, subject, 'operator', 'command-line', purpose, route, request_id) opened
$$;
alter function audit.open_roster_access(text, text, text, text, text) owner to primary_conect_owner;
revoke all on function audit.open_roster_access(text, text, text, text, text) from public;
comment on function audit.open_roster_access(text, text, text, text, text) is
    'Records that an operator reads or tells the list of a practice on its behalf, and why, and thereby opens that list to '
    'this transaction.';
