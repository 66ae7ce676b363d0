-- The encounters of a practice in the order in which they began, as searches walk them.

set local role primary_conect_owner;

do $both$
declare
    suffix text;
begin
    foreach suffix in array array['', '_shadow'] loop
        execute format('create index %I on practice.%I (practice, started_at, encounter_ref)',
                       'encounter' || suffix || '_started_idx', 'encounter' || suffix);
    end loop;
end
$both$;

reset role;
