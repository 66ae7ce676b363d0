create or replace function audit.open_break_glass(
    practice text, subject text, role text, client text, organisation text, reason text, minutes integer, request_id text,
    out id uuid, out until timestamptz
)
    language plpgsql volatile security definer parallel unsafe set search_path = pg_catalog, pg_temp
as $$
begin
    if practice is null or not (practice ~ '^[A-Z][0-9]{5}$' or (practice = 'UNKNOWN' and role = 'operator')) then
        raise exception 'not a practice that can be opened' using errcode = 'invalid_parameter_value';
    end if;
    id := gen_random_uuid();
    until := transaction_timestamp() + make_interval(mins => minutes);
    insert into audit.break_glass (practice, id, at, until, subject, role, client, organisation, reason, request_id, login)
    values (open_break_glass.practice, open_break_glass.id, transaction_timestamp(), open_break_glass.until,
            open_break_glass.subject, open_break_glass.role, open_break_glass.client, open_break_glass.organisation,
            open_break_glass.reason, open_break_glass.request_id, session_user);
end
$$;
alter function audit.open_break_glass(text, text, text, text, text, text, integer, text) owner to primary_conect_owner;
revoke all on function audit.open_break_glass(text, text, text, text, text, text, integer, text) from public;
comment on function audit.open_break_glass(text, text, text, text, text, text, integer, text) is
    'Records who opens a practice that is not theirs, why and for how long; gives the grant that looks must name.';
