-- People rather than records: who bears which NHS number, what became of rows that left a practice, and the attendance that a
-- stay came out of.
--
-- What is kept of each encounter and patient changes, so all views are emptied: the projector makes them again from the log.

set local role primary_conect_owner;

truncate practice.checkpoint, practice.feed, practice.encounter, practice.encounter_state, practice.patient_state, practice.poison,
         practice.checkpoint_shadow, practice.feed_shadow, practice.encounter_shadow, practice.encounter_state_shadow,
         practice.patient_state_shadow, practice.poison_shadow, practice.rebuild;

do $both$
declare
    suffix text;
begin
    foreach suffix in array array['', '_shadow'] loop
        execute format('alter table practice.%I drop column practice, add column nhs_number text collate "C"',
                       'patient_state' || suffix);
        execute format('create index %I on practice.%I (hospital, nhs_number) where nhs_number is not null',
                       'patient_state' || suffix || '_nhs_number_idx', 'patient_state' || suffix);
        execute format('comment on column practice.%I.nhs_number is %L', 'patient_state' || suffix,
                       'NHS number of this record, if told and valid: finds who bears the same.');

        execute format('alter table practice.%I drop column practice, add column shown_since timestamptz not null',
                       'encounter_state' || suffix);
        execute format('comment on column practice.%I.shown_since is %L', 'encounter_state' || suffix,
                       'When its row came to stand under the practice where it stands.');
        execute format('comment on column practice.%I.patient is %L', 'encounter_state' || suffix,
                       'Whose it is, issuer|value; empty if no message named anybody.');

        execute format('alter table practice.%I add column linked_ref text, add column shown_since timestamptz not null, '
                       'add column withdrawn_at timestamptz, add column withdrawn_reason text', 'encounter' || suffix);
        execute format('comment on column practice.%I.linked_ref is %L', 'encounter' || suffix,
                       'Of a stay the attendance it came out of, of an attendance the inpatient stay it led to.');
        execute format('comment on column practice.%I.shown_since is %L', 'encounter' || suffix,
                       'When the row came to stand under this practice.');
        execute format('comment on column practice.%I.withdrawn_at is %L', 'encounter' || suffix,
                       'When we learned that the row is not this practice''s to see; null while it is.');
        execute format('comment on column practice.%I.withdrawn_reason is %L', 'encounter' || suffix,
                       'wrong-patient, merged or registered-elsewhere.');
        execute format('comment on column practice.%I.status is %L', 'encounter' || suffix,
                       'planned, arrived, in-progress, onleave, finished, cancelled, entered-in-error, or withdrawn: what is '
                       'left of a row that has gone to another practice.');
        execute format('create index %I on practice.%I (practice, coalesce(withdrawn_at, last_told_at)) '
                       'where class <> ''preadmit'' and status in (''cancelled'', ''entered-in-error'', ''withdrawn'')',
                       'encounter' || suffix || '_corrected_idx', 'encounter' || suffix);
    end loop;
end
$both$;

alter table practice.installation add column successors text not null default '';
comment on column practice.installation.successors is
    'Closed practices and who has their patients, as the live views are made with them: L99901=L99902 L99903=L99904. Only a rebuild changes it.';

-- Their successors have one more argument.
drop function if exists practice.advance(text, text, bigint, bigint, timestamptz);
drop function if exists practice.swap_rebuild(uuid);

reset role;
