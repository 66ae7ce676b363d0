create or replace function audit.current_practice() returns text
    language plpgsql stable security definer parallel restricted set search_path = pg_catalog, pg_temp
as $$
begin
    return (select access.practice
            from audit.access
            where access.transaction = pg_current_xact_id_if_assigned()
              and access.outcome = 'granted'
              and access.at = transaction_timestamp());
end
$$;
alter function audit.current_practice() owner to primary_conect_owner;
revoke all on function audit.current_practice() from public;
comment on function audit.current_practice() is
    'The practice of the access record that this very transaction has written; null if it has written none. The time guards against a transaction id used again after a restore.';
