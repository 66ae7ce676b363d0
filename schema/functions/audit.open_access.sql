create or replace function audit.open_access(
    practice text, subject text, role text, client text, purpose text, route text, request_id text,
    organisation text default null, break_glass uuid default null, out id uuid, out at timestamptz
)
    language plpgsql volatile security definer parallel unsafe set search_path = pg_catalog, pg_temp
as $$
begin
    if practice is null or practice !~ '^[A-Z0-9-]{1,12}$' then
        raise exception 'not a practice code' using errcode = 'invalid_parameter_value';
    end if;
    if practice = 'UNKNOWN' and role is distinct from 'operator' then
        raise exception 'the patients of no practice are for operators' using errcode = 'insufficient_privilege';
    end if;
    if audit.current_practice() is not null then
        raise exception 'this transaction has its access record already' using errcode = 'insufficient_privilege';
    end if;
    if break_glass is not null
        and not audit.break_glass_is_open(practice, break_glass, subject, role, client) then
        raise exception 'the grant does not open this practice' using errcode = 'insufficient_privilege';
    end if;
    id := gen_random_uuid();
    at := transaction_timestamp();
    insert into audit.access (practice, id, at, transaction, outcome, subject, role, client, purpose, route, request_id, login,
                              organisation, break_glass)
    values (open_access.practice, open_access.id, open_access.at, pg_current_xact_id(), 'granted', open_access.subject,
            open_access.role, open_access.client, open_access.purpose, open_access.route, open_access.request_id, session_user,
            open_access.organisation, open_access.break_glass);
end
$$;
alter function audit.open_access(text, text, text, text, text, text, text, text, uuid) owner to primary_conect_owner;
revoke all on function audit.open_access(text, text, text, text, text, text, text, text, uuid) from public;
comment on function audit.open_access(text, text, text, text, text, text, text, text, uuid) is
    'Records who looks, for which practice and why, and thereby opens the rows of that practice to this transaction. Once in a transaction: a second call is refused, whatever practice it names. With a break-glass grant only while that is open to this very caller.';
