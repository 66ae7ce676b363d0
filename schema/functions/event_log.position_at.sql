-- Times never decrease along a log, so twenty-odd looks at the primary key find a moment among millions of rows.
create or replace function event_log.position_at(log_name text, moment timestamptz) returns bigint
    language plpgsql stable parallel safe security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    low    bigint := 0;
    high   bigint;
    middle bigint;
    told   timestamptz;
begin
    select h.position into high from event_log.head h where h.log = log_name;
    if not found then return 0; end if;
    while low < high loop
        middle := (low + high + 1) / 2;
        select e.recorded_at into told from event_log.event e where e.log = log_name and e.position = middle;
        if told <= moment then low := middle; else high := middle - 1; end if;
    end loop;
    return low;
end
$$;
alter function event_log.position_at(text, timestamptz) owner to primary_conect_owner;
revoke all on function event_log.position_at(text, timestamptz) from public;
comment on function event_log.position_at(text, timestamptz) is
    'The last position of a log that was told at or before a moment; 0 if nothing was.';
