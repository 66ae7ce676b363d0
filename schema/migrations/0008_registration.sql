-- Registrations: what practices tell of their lists, as a view and as the moments from which it counts whose patient
-- somebody is. And the ties of before, by which late news finds all whom it may concern.
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
        execute format($table$
            create table practice.%1$I (
                practice            text collate "C" not null,
                nhs_number          text collate "C" not null,
                is_listed           boolean not null,
                listed_from         text,
                left_on             text,
                family              text not null,
                given               text,
                born                text not null,
                usual_gp            text,
                care_home           text,
                symphony_score      smallint,
                symphony_scored_on  text,
                on_caseload         boolean not null,
                consented           boolean not null,
                key_worker          text,
                fopas_concern       boolean not null,
                reviewed_on         text,
                review_due_on       text,
                constraint %2$I primary key (practice, nhs_number)
            ) with (fillfactor = 90);
            comment on table practice.%1$I is %3$L;
            comment on column practice.%1$I.practice is 'Whose list (ODS code).';
            comment on column practice.%1$I.nhs_number is 'The person: NHS number, ten digits. Joins to practice.encounter by (practice, nhs_number).';
            comment on column practice.%1$I.is_listed is 'Whether the person is on the list now, by what the practice told.';
            comment on column practice.%1$I.listed_from is 'Since which day, yyyy-mm-dd, now or when last; null where the practice does not tell.';
            comment on column practice.%1$I.left_on is 'The day on which the person left, yyyy-mm-dd; null for one who is on the list.';
            comment on column practice.%1$I.family is 'Family name, as the practice says.';
            comment on column practice.%1$I.given is 'Given names, as the practice says.';
            comment on column practice.%1$I.born is 'Date of birth, yyyy-mm-dd, as the practice says.';
            comment on column practice.%1$I.usual_gp is 'The usual GP.';
            comment on column practice.%1$I.care_home is 'The care home the person lives in; yes where only that is told.';
            comment on column practice.%1$I.symphony_score is 'Symphony score of the list, 1 to 10.';
            comment on column practice.%1$I.symphony_scored_on is 'When it was scored, yyyy-mm-dd.';
            comment on column practice.%1$I.on_caseload is 'Whether the person is on the complex care team''s caseload.';
            comment on column practice.%1$I.consented is 'Whether the person has consented to that.';
            comment on column practice.%1$I.key_worker is 'Who looks after them there.';
            comment on column practice.%1$I.fopas_concern is 'Whether the frail and older persons'' service has a concern.';
            comment on column practice.%1$I.reviewed_on is 'Day of the last review, yyyy-mm-dd.';
            comment on column practice.%1$I.review_due_on is 'Day on which the next review is due, yyyy-mm-dd.';
            alter table practice.%1$I enable row level security;
            alter table practice.%1$I force row level security;
        $table$, 'registration' || suffix, 'registration' || suffix || '_pkey',
            case suffix when '' then 'One row for each person who is or was on a practice''s list, with what the practice says of them.'
            else 'Twin of practice.registration, in which a rebuild is made.' end);

        execute format($table$
            create table practice.%1$I (
                practice    text collate "C" not null,
                nhs_number  text collate "C" not null,
                state       text compression lz4 not null,
                constraint %2$I primary key (practice, nhs_number)
            ) with (fillfactor = 90);
            comment on table practice.%1$I is %3$L;
            comment on column practice.%1$I.practice is 'Whose list (ODS code).';
            comment on column practice.%1$I.nhs_number is 'The person: NHS number, ten digits.';
            comment on column practice.%1$I.state is 'The Registration as canonical JSON.';
        $table$, 'registration_state' || suffix, 'registration_state' || suffix || '_pkey',
            case suffix when '' then 'What the projector knows of each person on each practice''s list.'
            else 'Twin of practice.registration_state, in which a rebuild is made.' end);

        execute format($table$
            create table practice.%1$I (
                told_at      timestamptz not null,
                position     bigint not null,
                practice     text collate "C" not null,
                nhs_number   text collate "C" not null,
                is_listed    boolean not null,
                listed_from  text,
                born         text not null,
                constraint %2$I primary key (practice, position)
            );
            create index %4$I on practice.%1$I (nhs_number);
            comment on table practice.%1$I is %3$L;
            comment on column practice.%1$I.practice is 'Whose list (ODS code).';
            comment on column practice.%1$I.position is 'Position of the event in the log of the practice.';
            comment on column practice.%1$I.told_at is 'When the practice told it; counts as standing behind all that hospitals told at or before.';
            comment on column practice.%1$I.nhs_number is 'The person: NHS number, ten digits.';
            comment on column practice.%1$I.is_listed is 'Whether the person is on the list from here on.';
            comment on column practice.%1$I.listed_from is 'Since which day, yyyy-mm-dd; null where the practice does not tell.';
            comment on column practice.%1$I.born is 'Date of birth, yyyy-mm-dd, as the practice says: must agree with the hospital''s.';
        $table$, 'registration_point' || suffix, 'registration_point' || suffix || '_pkey',
            case suffix when '' then 'The moments from which a practice says something else of whether a person is on its list: from these the practice in force follows.'
            else 'Twin of practice.registration_point, in which a rebuild is made.' end,
            'registration_point' || suffix || '_nhs_number_idx');

        execute format('alter table practice.%I add column formerly text[] collate "C"', 'encounter_state' || suffix);
        execute format('create index %I on practice.%I using gin (formerly) where formerly is not null',
                       'encounter_state' || suffix || '_formerly_idx', 'encounter_state' || suffix);
        execute format('comment on column practice.%I.formerly is %L', 'encounter_state' || suffix,
                       'Other patients whom a message named as its own, if any.');

        execute format('alter table practice.%I add column formerly text[] collate "C", add column last_told timestamptz not null',
                       'patient_state' || suffix);
        execute format('create index %I on practice.%I using gin (formerly) where formerly is not null',
                       'patient_state' || suffix || '_formerly_idx', 'patient_state' || suffix);
        execute format('comment on column practice.%I.formerly is %L', 'patient_state' || suffix,
                       'NHS numbers that were told of this record and are not its own now, if any.');
        execute format('comment on column practice.%I.last_told is %L', 'patient_state' || suffix,
                       'When anything was last told that names this record.');

        execute format('alter table practice.%I add column sensitivity text not null generated always as '
                       '(case when restricted then ''restricted'' else ''normal'' end) stored', 'encounter' || suffix);
        execute format('comment on column practice.%I.sensitivity is %L', 'encounter' || suffix,
                       'normal or restricted; what is withheld has no row.');
        execute format('comment on column practice.%I.restricted is %L', 'encounter' || suffix,
                       'Sensitive or stop-noted (PV1-16 S or Y, ZU8-4, DG1-18, or local policy): location and reason are withheld in every list.');
        execute format('comment on column practice.%I.practice is %L', 'encounter' || suffix,
                       'Registered practice in force (ODS code), by the practices'' lists and by what this hospital says; UNKNOWN if none.');
        execute format('comment on column practice.%I.hospital is %L', 'checkpoint' || suffix,
                       'The log, named by the ODS code of its organisation: a hospital, or a practice.');
        execute format('comment on column practice.%I.projection is %L', 'checkpoint' || suffix,
                       'practice: how far the log is projected. Of a hospital also registrations:<practice>, up to where its '
                       'rows stand by that practice''s list, and registrations, the sum of these.');
    end loop;
end
$both$;

comment on column practice.installation.successors is
    'What the live views are made with: on the first line closed practices and who has their patients, L99901=L99902 L99903=L99904; below, by name, the specialties and wards that are sensitive here. Only a rebuild changes it.';

reset role;
