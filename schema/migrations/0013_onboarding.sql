-- Hot onboarding: cases as their practices and their hospital see them, and what finds a stay again from its ref.
--
-- Cases stand in the log of their hospital (streams onboarding:<patient>), so that the rows move with their patients in
-- one transaction. Rows of practice.encounter get two columns, so all views are emptied: the projector makes them again.

set local role primary_conect_owner;

truncate practice.checkpoint, practice.feed, practice.encounter, practice.encounter_state, practice.patient_state, practice.poison,
         practice.checkpoint_shadow, practice.feed_shadow, practice.encounter_shadow, practice.encounter_state_shadow,
         practice.patient_state_shadow, practice.poison_shadow, practice.rebuild;

do $both$
declare
    suffix text;
begin
    foreach suffix in array array['', '_shadow'] loop
        execute format('alter table practice.%I add column if not exists encounter_key text collate "C" not null, '
                       'add column if not exists patient_key text collate "C" not null', 'encounter' || suffix);
        execute format('comment on column practice.%I.encounter_key is %L', 'encounter' || suffix,
                       'The hospital''s key of the encounter: finds its facts from its ref. Shown to nobody.');
        execute format('comment on column practice.%I.patient_key is %L', 'encounter' || suffix,
                       'The hospital''s key of the patient; empty if no message named anybody. Shown to nobody.');
        execute format('create index %I on practice.%I (hospital, started_at, encounter_ref) '
                       'where class = ''inpatient'' and status in (''arrived'', ''in-progress'', ''onleave'')',
                       'encounter' || suffix || '_hospital_idx', 'encounter' || suffix);

        execute format($table$
            create table practice.%1$I (
                hospital          text collate "C" not null,
                case_id           text collate "C" not null,
                stream            text collate "C" not null,
                practice          text collate "C" not null,
                patient_ref       text collate "C" not null,
                encounter_ref     text collate "C" not null,
                state             text        not null,
                board             text,
                since             timestamptz not null,
                opened_at         timestamptz not null,
                version           bigint      not null,
                round             integer     not null,
                next_step         text,
                hospital_section  text,
                care_section      text,
                priority          text,
                owner             text,
                keyworker         text,
                outcome           text,
                ending            text,
                due_on            text,
                left_at           timestamptz,
                visit_at          timestamptz,
                deferred_until    timestamptz,
                declined_until    timestamptz,
                is_inpatient      boolean     not null,
                is_consented      boolean     not null,
                alerts            text[]      not null,
                joined_to         text,
                restricted        boolean     not null,
                constraint %2$I primary key (hospital, case_id)
            ) with (fillfactor = 80)
            $table$, 'onboarding_case' || suffix, 'onboarding_case' || suffix || '_pkey');
        execute format('create index %I on practice.%I (practice, patient_ref)',
                       'onboarding_case' || suffix || '_practice_idx', 'onboarding_case' || suffix);
        execute format('create index %I on practice.%I (hospital, stream)',
                       'onboarding_case' || suffix || '_stream_idx', 'onboarding_case' || suffix);
        execute format('comment on table practice.%I is %L', 'onboarding_case' || suffix,
            case when suffix = '' then 'One row for each hot onboarding case, under the practice in force of its patient: what a practice may see of it. '
                                       'Read only within an access record of that practice or of the hospital.'
                 else 'Twin of practice.onboarding_case, in which a rebuild is made.' end);
        execute format($comments$
            comment on column practice.%1$I.hospital is 'The hospital, in whose log the case stands.';
            comment on column practice.%1$I.case_id is 'Opaque name of the case, the same after each rebuild.';
            comment on column practice.%1$I.stream is 'Its stream in the log of the hospital. Bears the patient''s key: shown to nobody.';
            comment on column practice.%1$I.practice is 'Registered practice in force of the patient; UNKNOWN if none.';
            comment on column practice.%1$I.patient_ref is 'Ref of the patient for that practice.';
            comment on column practice.%1$I.encounter_ref is 'Ref for that practice of the stay that the case is about.';
            comment on column practice.%1$I.state is 'Where it stands: identified, flagged, triaged, visit-planned, visit-offered, deferred, consented, onboarding, handed-over, closed, declined, not-suitable, lost, died or withdrawn.';
            comment on column practice.%1$I.board is 'The same in the words of the huddle''s board.';
            comment on column practice.%1$I.since is 'Since when it stands there.';
            comment on column practice.%1$I.opened_at is 'When this round was opened.';
            comment on column practice.%1$I.version is 'Number of events of the case.';
            comment on column practice.%1$I.round is 'How often the case has been opened.';
            comment on column practice.%1$I.next_step is 'The transition that comes next; null once ended.';
            comment on column practice.%1$I.hospital_section is 'Section of the hospital''s work list; null if not on it.';
            comment on column practice.%1$I.care_section is 'Section of the complex care team''s work list; null if not on it: not consented, or ended.';
            comment on column practice.%1$I.priority is 'urgent, soon or routine, once triaged.';
            comment on column practice.%1$I.owner is 'Who sees to it: person:<name> or role:<role>; null for the team as a whole.';
            comment on column practice.%1$I.keyworker is 'The keyworker, once onboarding has begun.';
            comment on column practice.%1$I.outcome is 'How a case that took its course ended.';
            comment on column practice.%1$I.ending is 'What ended the case before its course was run.';
            comment on column practice.%1$I.due_on is 'Day on which a patient who left the hospital is to be spoken to, yyyy-mm-dd.';
            comment on column practice.%1$I.left_at is 'When the patient left the hospital; null if in, or if nobody told when.';
            comment on column practice.%1$I.visit_at is 'When the patient is to be seen.';
            comment on column practice.%1$I.deferred_until is 'Until when it is put off.';
            comment on column practice.%1$I.declined_until is 'No rule suggests the patient before this.';
            comment on column practice.%1$I.is_inpatient is 'Whether the patient is an inpatient of the hospital now.';
            comment on column practice.%1$I.is_consented is 'Whether the patient agreed, in this round.';
            comment on column practice.%1$I.alerts is 'What has come up since a person last acted, ascending.';
            comment on column practice.%1$I.joined_to is 'The case that goes on in place of this one.';
            comment on column practice.%1$I.restricted is 'Sensitive: of which hospital it is a practice is not told.';
            $comments$, 'onboarding_case' || suffix);

        execute format($table$
            create table practice.%1$I (
                hospital            text collate "C" not null,
                case_id             text collate "C" not null,
                practice            text collate "C" not null,
                is_with_care        boolean     not null,
                nhs_number          text,
                family              text,
                given               text[]      not null,
                prefix              text,
                preferred           text,
                born                text,
                gender              text,
                restricted          boolean     not null,
                admitted_at         timestamptz,
                admitted_precision  text,
                site                text,
                ward                text,
                bay                 text,
                bed                 text,
                visit_ward          text,
                findings            text        not null,
                reasons             text[]      not null,
                consent_version     text,
                consent_given_on    text,
                consent_capacity    text,
                history             text        not null,
                constraint %2$I primary key (hospital, case_id)
            ) with (fillfactor = 80)
            $table$, 'onboarding_detail' || suffix, 'onboarding_detail' || suffix || '_pkey');
        execute format('comment on table practice.%I is %L', 'onboarding_detail' || suffix,
            case when suffix = '' then 'What those who work on a case see beside practice.onboarding_case: who the patient is and where, why, consent, and what '
                                       'was noted. Read only within an access record of the hospital, or of the complex care team once the patient agreed.'
                 else 'Twin of practice.onboarding_detail, in which a rebuild is made.' end);
        execute format($comments$
            comment on column practice.%1$I.hospital is 'The hospital.';
            comment on column practice.%1$I.case_id is 'The case.';
            comment on column practice.%1$I.practice is 'Registered practice in force of the patient; UNKNOWN if none.';
            comment on column practice.%1$I.is_with_care is 'Whether the complex care team sees it: consented, not taken back, not ended.';
            comment on column practice.%1$I.nhs_number is 'NHS number, ten digits.';
            comment on column practice.%1$I.family is 'Family name.';
            comment on column practice.%1$I.given is 'Given names in order.';
            comment on column practice.%1$I.prefix is 'Title.';
            comment on column practice.%1$I.preferred is 'Preferred name.';
            comment on column practice.%1$I.born is 'Date of birth as told: yyyy-mm-dd, yyyy-mm or yyyy.';
            comment on column practice.%1$I.gender is 'Gender as told.';
            comment on column practice.%1$I.restricted is 'Sensitive: no place stands here.';
            comment on column practice.%1$I.admitted_at is 'Admission of the open stay.';
            comment on column practice.%1$I.admitted_precision is 'How exactly that was told.';
            comment on column practice.%1$I.site is 'Where the patient is now: site. Null for a restricted patient, as are ward, bay, bed and visit_ward.';
            comment on column practice.%1$I.ward is 'Ward.';
            comment on column practice.%1$I.bay is 'Bay or room.';
            comment on column practice.%1$I.bed is 'Bed.';
            comment on column practice.%1$I.visit_ward is 'Ward for which the visit was planned.';
            comment on column practice.%1$I.findings is 'Rules that suggest the patient, with version, what was measured and evidence: JSON.';
            comment on column practice.%1$I.reasons is 'Why a person suggests the patient.';
            comment on column practice.%1$I.consent_version is 'Which text the patient agreed to.';
            comment on column practice.%1$I.consent_given_on is 'The day, yyyy-mm-dd.';
            comment on column practice.%1$I.consent_capacity is 'What was seen of the patient''s capacity to decide.';
            comment on column practice.%1$I.history is 'The latest steps, with who took them and what they noted: JSON.';
            $comments$, 'onboarding_detail' || suffix);

        execute format('alter table practice.%I enable row level security', 'onboarding_case' || suffix);
        execute format('alter table practice.%I force row level security', 'onboarding_case' || suffix);
        execute format('alter table practice.%I enable row level security', 'onboarding_detail' || suffix);
        execute format('alter table practice.%I force row level security', 'onboarding_detail' || suffix);
    end loop;
end
$both$;

create table practice.onboarding_follow (
    hospital  text collate "C" not null,
    position  bigint           not null,
    constraint onboarding_follow_pkey primary key (hospital)
) with (fillfactor = 50);
comment on table practice.onboarding_follow is
    'How far what a hospital told has been held against its hot onboarding cases. Not a view: what follows from it are events.';
comment on column practice.onboarding_follow.hospital is 'The hospital''s log.';
comment on column practice.onboarding_follow.position is 'Position of the last event looked at.';

reset role;
