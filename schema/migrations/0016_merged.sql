-- Under which refs a practice knew a person before records were joined, and what came to it after it was told elsewhere.
--
-- What is kept of each encounter changes, so the views of hospitals are emptied: the projector makes them again from the log.

set local role primary_conect_owner;

truncate practice.checkpoint, practice.feed, practice.encounter, practice.encounter_state, practice.patient_state, practice.poison,
         practice.checkpoint_shadow, practice.feed_shadow, practice.encounter_shadow, practice.encounter_state_shadow,
         practice.patient_state_shadow, practice.poison_shadow, practice.rebuild;

do $both$
declare
    suffix text;
begin
    foreach suffix in array array['', '_shadow'] loop
        execute format('alter table practice.%I add column former_refs text[]', 'encounter' || suffix);
        execute format('comment on column practice.%I.former_refs is %L', 'encounter' || suffix,
                       'Refs of records that were joined to this patient''s, ascending: what was done about them is about this '
                       'patient; NULL for none.');
        execute format('create index %I on practice.%I (practice) where former_refs is not null',
                       'encounter' || suffix || '_former_idx', 'encounter' || suffix);
        -- What came to a practice after it had been told to another, or to none.
        execute format('create index %I on practice.%I (practice, shown_since) where shown_since > first_told_at',
                       'encounter' || suffix || '_moved_idx', 'encounter' || suffix);
    end loop;
end
$both$;

comment on table practice.change is
    'What changed for each practice, in order, with refs and no other patient data; written in the transaction that writes the rows, kept some 90 days. Rebuilds leave it as it was told, but for what is withheld since.';

reset role;
