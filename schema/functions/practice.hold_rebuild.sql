create or replace function practice.hold_rebuild(id uuid) returns void
    language plpgsql volatile security definer parallel unsafe set search_path = pg_catalog, pg_temp
as $$
begin
    perform set_config('synchronous_commit', 'off', true);
    perform 1 from practice.rebuild r where r.id = hold_rebuild.id for share;
    if not found then
        raise exception 'the shadow tables belong to a later rebuild' using errcode = 'object_not_in_prerequisite_state';
    end if;
end
$$;
alter function practice.hold_rebuild(uuid) owner to primary_conect_owner;
revoke all on function practice.hold_rebuild(uuid) from public;
comment on function practice.hold_rebuild(uuid) is
    'First statement of each transaction that writes to the shadow tables: refused (55000) unless they are this rebuild''s.';
