-- What lists as at a moment of the past ask: whose place may not be said today, whosever patients they are by now.

set local role primary_conect_owner;

do $both$
declare
    suffix text;
begin
    foreach suffix in array array['', '_shadow'] loop
        execute format('create index %I on practice.%I (hospital) where restricted',
                       'encounter' || suffix || '_restricted_idx', 'encounter' || suffix);
    end loop;
end
$both$;

reset role;
