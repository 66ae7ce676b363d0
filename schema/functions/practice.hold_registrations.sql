create or replace function practice.hold_registrations(hospital text, taken bigint) returns void
    language plpgsql volatile parallel unsafe set search_path = pg_catalog, pg_temp
as $$
begin
    -- The caller holds the hospital's own checkpoint (practice.advance), and so this one too.
    if coalesce((select c.position from practice.checkpoint c
                 where c.hospital = hold_registrations.hospital and c.projection = 'registrations'), 0) <> taken then
        raise exception 'the lists have moved' using errcode = 'serialization_failure';
    end if;
end
$$;
alter function practice.hold_registrations(text, bigint) owner to primary_conect_owner;
revoke all on function practice.hold_registrations(text, bigint) from public;
comment on function practice.hold_registrations(text, bigint) is
    'Second statement of each transaction that projects a hospital''s log: refused (40001) if its rows stand by other lists of practices than the projector knows.';
