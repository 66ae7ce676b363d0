create or replace function audit.open_auditor_access(practice text, subject text, purpose text, route text, request_id text)
    returns timestamptz
    language sql volatile security definer parallel unsafe set search_path = pg_catalog, pg_temp
as $$
    select opened.at
    from audit.open_access(practice, subject, 'auditor', 'command-line', purpose, route, request_id) opened
$$;
alter function audit.open_auditor_access(text, text, text, text, text) owner to primary_conect_owner;
revoke all on function audit.open_auditor_access(text, text, text, text, text) from public;
comment on function audit.open_auditor_access(text, text, text, text, text) is
    'Records that an auditor looks at the terminal, on behalf of which practice (or hospital) and why, and thereby opens to this transaction what the role auditor may be told.';
