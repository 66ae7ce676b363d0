create or replace function practice.sensitivity_policy() returns text
    language sql stable parallel safe security definer set search_path = pg_catalog, pg_temp
as $$
    -- The first line is of successors, the others of what is sensitive.
    select case when strpos(i.successors, chr(10)) = 0 then '' else substr(i.successors, strpos(i.successors, chr(10)) + 1) end
    from practice.installation i
$$;
alter function practice.sensitivity_policy() owner to primary_conect_owner;
revoke all on function practice.sensitivity_policy() from public;
comment on function practice.sensitivity_policy() is
    'Which treatment functions and wards the live views hold to be sensitive, a line each: a history says no more than they do.';
