-- What lists as at a moment of the past ask: which rows have changed since.

set local role primary_conect_owner;

do $both$
declare
    suffix text;
begin
    foreach suffix in array array['', '_shadow'] loop
        execute format('create index %I on practice.%I (practice, last_told_at) include (first_told_at, started_at)',
                       'encounter' || suffix || '_told_idx', 'encounter' || suffix);
        execute format('create index %I on practice.%I (practice, withdrawn_at) where status = ''withdrawn''',
                       'encounter' || suffix || '_withdrawn_idx', 'encounter' || suffix);
    end loop;
end
$both$;

reset role;
