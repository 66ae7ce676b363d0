create or replace function audit.current_role() returns text
    language plpgsql stable security definer parallel restricted set search_path = pg_catalog, pg_temp
as $$
begin
    return (select access.role
            from audit.access
            where access.transaction = pg_current_xact_id_if_assigned()
              and access.outcome = 'granted'
              and access.at = transaction_timestamp());
end
$$;
alter function audit.current_role() owner to primary_conect_owner;
revoke all on function audit.current_role() from public;
comment on function audit.current_role() is
    'The role of the access record that this very transaction has written; null if it has written none.';
