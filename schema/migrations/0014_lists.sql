-- What the huddle lists ask: when a death was told, and the whole history of a person at one practice.
--
-- What is kept of each patient changes, so all views are emptied: the projector makes them again from the log.

set local role primary_conect_owner;

truncate practice.checkpoint, practice.feed, practice.encounter, practice.encounter_state, practice.patient_state, practice.poison,
         practice.checkpoint_shadow, practice.feed_shadow, practice.encounter_shadow, practice.encounter_state_shadow,
         practice.patient_state_shadow, practice.poison_shadow, practice.rebuild;

do $both$
declare
    suffix text;
begin
    foreach suffix in array array['', '_shadow'] loop
        execute format('alter table practice.%I add column death_told_at timestamptz', 'encounter' || suffix);
        execute format('comment on column practice.%I.death_told_at is %L', 'encounter' || suffix,
                       'When the death was first told to us.');
        -- A person of a practice: by NHS number whichever hospital told, else by the hospital's own record.
        execute format('create index %I on practice.%I (practice, '
                       '(case when nhs_number is null then patient_ref else nhs_number collate "C" end))',
                       'encounter' || suffix || '_person_idx', 'encounter' || suffix);
        execute format('create index %I on practice.%I (practice, death_told_at) where is_deceased',
                       'encounter' || suffix || '_death_idx', 'encounter' || suffix);
        -- Counting a year of admissions and attendances reads these alone and not the wide rows.
        execute format('create index %I on practice.%I (practice, started_at) '
                       'include (patient_ref, nhs_number, admission_method, last_told_at) '
                       'where class = ''inpatient'' and status in (''arrived'', ''in-progress'', ''onleave'', ''finished'')',
                       'encounter' || suffix || '_stays_idx', 'encounter' || suffix);
        execute format('create index %I on practice.%I (practice, started_at) include (patient_ref, nhs_number, last_told_at) '
                       'where is_attendance and status in (''arrived'', ''in-progress'', ''onleave'', ''finished'')',
                       'encounter' || suffix || '_attendances_idx', 'encounter' || suffix);
    end loop;
end
$both$;

reset role;
