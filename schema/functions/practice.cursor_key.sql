create or replace function practice.cursor_key() returns bytea
    language sql stable security definer parallel unsafe set search_path = pg_catalog, pg_temp
as $$
    select i.cursor_key from practice.installation i
$$;
alter function practice.cursor_key() owner to primary_conect_owner;
revoke all on function practice.cursor_key() from public;
comment on function practice.cursor_key() is
    'The key by which this installation signs cursors of the change feed; the service asks once, when it starts.';
