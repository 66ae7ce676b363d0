create or replace function practice.reached(of_log text) returns bigint
    language plpgsql stable parallel restricted security definer set search_path = pg_catalog, pg_temp
as $$
begin
    return (select c.position from practice.checkpoint c where c.hospital = of_log and c.projection = 'practice');
end
$$;
alter function practice.reached(text) owner to primary_conect_owner;
revoke all on function practice.reached(text) from public;
comment on function practice.reached(text) is
    'How far a log stands in the views: whoever has appended to it knows by this when it can be read there. Null for a log of which nothing stands there.';
