create or replace function audit.record_denial(
    practice text, subject text, role text, client text, purpose text, route text, request_id text, reason text,
    organisation text default null
) returns uuid
    language plpgsql volatile security definer parallel unsafe set search_path = pg_catalog, pg_temp
as $$
declare
    denied uuid := gen_random_uuid();
begin
    insert into audit.access (practice, id, at, transaction, outcome, denial, subject, role, client, purpose, route, request_id, login,
                              organisation)
    values (case when practice ~ '^[A-Z0-9-]{1,12}$' then practice else 'INVALID' end, denied, transaction_timestamp(),
            pg_current_xact_id(), 'denied', reason, subject, role, client, purpose, route, request_id, session_user, organisation);
    return denied;
end
$$;
alter function audit.record_denial(text, text, text, text, text, text, text, text, text) owner to primary_conect_owner;
revoke all on function audit.record_denial(text, text, text, text, text, text, text, text, text) from public;
comment on function audit.record_denial(text, text, text, text, text, text, text, text, text) is
    'Records a look that was refused; opens nothing.';
