-- The practice schema: what the projector remembers, and the views that practices read.
--
-- Every row here is derived from event_log and can be made again (primary-conect project rebuild). Each view has a
-- twin, <name>_shadow, in which a rebuild is made beside the live one; practice.swap_rebuild changes their names.

create schema practice authorization primary_conect_owner;
comment on schema practice is
    'Views for practices and the memory of the projector; all of it can be dropped and made again from event_log.';

set local role primary_conect_owner;

-- Small tables of one row each: of the installation, keyed by nothing.

create table practice.installation (
    singleton  boolean     not null default true,
    ref_key    bytea       not null,
    made_at    timestamptz not null default now(),
    constraint installation_pkey primary key (singleton),
    constraint installation_is_one check (singleton),
    constraint installation_key_length check (octet_length(ref_key) = 32)
);
comment on table practice.installation is 'One row: the secret of this installation from which opaque refs are made.';
comment on column practice.installation.singleton is 'Always true, so that there is one row.';
comment on column practice.installation.ref_key is
    'Key of HMAC-SHA256 over (kind, hospital, key, practice); whoever has it can guess refs. Only the projector reads it.';
comment on column practice.installation.made_at is 'When the installation was made.';

insert into practice.installation (ref_key)
values (sha256(decode(replace(gen_random_uuid()::text || gen_random_uuid()::text || gen_random_uuid()::text, '-', ''),
                      'hex')));

create table practice.rebuild (
    singleton  boolean     not null default true,
    id         uuid        not null,
    begun_at   timestamptz not null default now(),
    constraint rebuild_pkey primary key (singleton),
    constraint rebuild_is_one check (singleton)
);
comment on table practice.rebuild is 'At most one row: the rebuild to which the shadow tables belong just now.';
comment on column practice.rebuild.singleton is 'Always true, so that there is at most one row.';
comment on column practice.rebuild.id is 'The rebuild; one that was overtaken by a later one finds another id and stops.';
comment on column practice.rebuild.begun_at is 'When it emptied the shadow tables.';

-- The projector's memory: keyed by hospital. Keys are compared byte by byte (collate "C"), whatever the database's locale.

create table practice.checkpoint (
    hospital      text collate "C" not null,
    projection    text collate "C" not null,
    position      bigint      not null,
    told_through  timestamptz,
    constraint checkpoint_pkey primary key (hospital, projection),
    constraint checkpoint_not_negative check (position >= 0)
) with (fillfactor = 50);
comment on table practice.checkpoint is 'How far each log has been projected; moved only by compare-and-set (practice.advance).';
comment on column practice.checkpoint.hospital is 'The log, named by the ODS code of its organisation.';
comment on column practice.checkpoint.projection is 'Which projection: practice.';
comment on column practice.checkpoint.position is 'Position of the last event whose effect stands in the views; 0 is none.';
comment on column practice.checkpoint.told_through is 'When that event was recorded.';

create table practice.encounter_state (
    hospital   text collate "C" not null,
    encounter  text collate "C" not null,
    patient    text collate "C" not null,
    practice   text collate "C" not null,
    state      text compression lz4 not null,
    constraint encounter_state_pkey primary key (hospital, encounter)
) with (fillfactor = 80);
create index encounter_state_patient_idx on practice.encounter_state (hospital, patient);
comment on table practice.encounter_state is 'What the projector knows of each encounter: its facts, from which its row follows.';
comment on column practice.encounter_state.hospital is 'The log.';
comment on column practice.encounter_state.encounter is 'Encounter key within the hospital: issuer|number.';
comment on column practice.encounter_state.patient is 'Patient key within the hospital: issuer|value; empty if no message named one.';
comment on column practice.encounter_state.practice is 'Practice under which its row stands in practice.encounter; UNKNOWN if none is in force.';
comment on column practice.encounter_state.state is 'The Encounter as canonical JSON.';

create table practice.patient_state (
    hospital  text collate "C" not null,
    patient   text collate "C" not null,
    practice  text collate "C" not null,
    state     text compression lz4 not null,
    constraint patient_state_pkey primary key (hospital, patient)
) with (fillfactor = 80);
comment on table practice.patient_state is 'What the projector knows of each patient of a hospital.';
comment on column practice.patient_state.hospital is 'The log.';
comment on column practice.patient_state.patient is 'Patient key within the hospital: issuer|value of the local identifier, else NHS|number.';
comment on column practice.patient_state.practice is 'Practice in force; UNKNOWN if none.';
comment on column practice.patient_state.state is 'The Patient as canonical JSON.';

create table practice.poison (
    hospital     text collate "C" not null,
    position     bigint      not null,
    stream       text        not null,
    type         text        not null,
    reason       text        not null,
    recorded_at  timestamptz not null,
    constraint poison_pkey primary key (hospital, position)
);
comment on table practice.poison is 'Events that could not be read by the projector: passed over, for an operator to look at. Mend the code, then rebuild.';
comment on column practice.poison.hospital is 'The log.';
comment on column practice.poison.position is 'Position of the event in it.';
comment on column practice.poison.stream is 'Stream of the event.';
comment on column practice.poison.type is 'Type of the event.';
comment on column practice.poison.reason is 'Code: what was wrong, and where; never what stood there.';
comment on column practice.poison.recorded_at is 'When the event was recorded.';

create table practice.feed (
    hospital       text collate "C" not null,
    feed           text collate "C" not null,
    last_heard_at  timestamptz not null,
    position       bigint      not null,
    messages       bigint      not null,
    constraint feed_pkey primary key (hospital, feed)
) with (fillfactor = 50);
comment on table practice.feed is 'When each feed was last heard, as far as the views show it; from this an answer says fresh, quiet or silent.';
comment on column practice.feed.hospital is 'The log.';
comment on column practice.feed.feed is 'The feed within the log: adt.';
comment on column practice.feed.last_heard_at is 'When the newest projected message was recorded.';
comment on column practice.feed.position is 'Position of the newest projected event that a message told.';
comment on column practice.feed.messages is 'Messages of the feed projected so far.';

-- The view of the practices: keyed by practice.

create table practice.encounter (
    practice               text collate "C" not null,
    hospital               text collate "C" not null,
    encounter_ref          text collate "C" not null,
    version                bigint      not null,
    patient_ref            text collate "C" not null,
    -- the patient
    nhs_number             text,
    local_number           text,
    local_issuer           text,
    family                 text,
    given                  text[]      not null default '{}',
    prefix                 text,
    preferred              text,
    born                   text,
    gender                 text,
    is_deceased            boolean     not null default false,
    died_at                timestamptz,
    died_precision         text,
    restricted             boolean     not null default false,
    -- the encounter
    class                  text        not null,
    status                 text        not null,
    is_attendance          boolean     not null default false,
    is_inferred            boolean     not null default false,
    started_at             timestamptz not null,
    admitted_at            timestamptz,
    admitted_precision     text,
    admitted_ambiguous     boolean     not null default false,
    admitted_told_at       timestamptz,
    admission_method       text,
    admission_source       text,
    arrived_at             timestamptz,
    arrived_precision      text,
    arrived_ambiguous      boolean     not null default false,
    arrived_told_at        timestamptz,
    arrival_mode           text,
    ended_at               timestamptz,
    discharged_at          timestamptz,
    discharged_precision   text,
    discharged_ambiguous   boolean     not null default false,
    discharged_told_at     timestamptz,
    discharge_method       text,
    discharge_destination  text,
    disposal               text,
    site                   text,
    ward                   text,
    bay                    text,
    bed                    text,
    location_text          text,
    expected_discharge     text,
    specialty              text,
    consultant             text,
    consultant_name        text,
    reason                 text,
    medically_fit          boolean,
    ready_at               timestamptz,
    first_told_at          timestamptz not null,
    last_told_at           timestamptz not null,
    flags                  text[]      not null default '{}',
    constraint encounter_pkey primary key (practice, hospital, encounter_ref)
) with (fillfactor = 80);
create index encounter_patient_idx on practice.encounter (practice, hospital, patient_ref);
create index encounter_open_idx on practice.encounter (practice, started_at, encounter_ref)
    where class = 'inpatient' and status in ('arrived', 'in-progress', 'onleave');
create index encounter_admitted_idx on practice.encounter (practice, admitted_told_at)
    where class = 'inpatient' and status in ('arrived', 'in-progress', 'onleave', 'finished');
create index encounter_discharged_idx on practice.encounter (practice, discharged_told_at)
    where class = 'inpatient' and status = 'finished';
create index encounter_attended_idx on practice.encounter (practice, greatest(arrived_told_at, discharged_told_at))
    where is_attendance and status in ('arrived', 'in-progress', 'onleave', 'finished');

comment on table practice.encounter is
    'One row for each stay and attendance, under the practice in force: all that a list shows. Read only within an access record (audit.open_access).';
comment on column practice.encounter.practice is 'Registered practice in force by what this hospital says (ODS code); UNKNOWN if none.';
comment on column practice.encounter.hospital is 'The log whose messages told it. Location: withheld for a restricted patient.';
comment on column practice.encounter.encounter_ref is 'Opaque ref of the encounter for this practice; the same after each rebuild.';
comment on column practice.encounter.version is 'Number of distinct facts told of the encounter.';
comment on column practice.encounter.patient_ref is 'Opaque ref of the patient for this practice.';
comment on column practice.encounter.nhs_number is 'NHS number, ten digits, if told and valid.';
comment on column practice.encounter.local_number is 'The hospital''s own number of the patient.';
comment on column practice.encounter.local_issuer is 'Issuer of the local number. Location: withheld for a restricted patient.';
comment on column practice.encounter.family is 'Family name.';
comment on column practice.encounter.given is 'Given names in order.';
comment on column practice.encounter.prefix is 'Title.';
comment on column practice.encounter.preferred is 'Preferred name.';
comment on column practice.encounter.born is 'Date of birth as told: yyyy-mm-dd, yyyy-mm or yyyy.';
comment on column practice.encounter.gender is 'Gender as told, in words of FHIR AdministrativeGender.';
comment on column practice.encounter.is_deceased is 'Whether the death of the patient has been told and not taken back.';
comment on column practice.encounter.died_at is 'When the patient died, if told.';
comment on column practice.encounter.died_precision is 'How exactly that was told: a day begins at its London midnight.';
comment on column practice.encounter.restricted is 'Sensitive or stop-noted (PV1-16 S or Y, ZU8-4): location and reason are withheld in every list.';
comment on column practice.encounter.class is 'inpatient, daycase, emergency, outpatient, preadmit, other, or unknown.';
comment on column practice.encounter.status is 'planned, arrived, in-progress, onleave, finished, cancelled or entered-in-error.';
comment on column practice.encounter.is_attendance is 'Whether the person came to the emergency department, whether or not a bed followed.';
comment on column practice.encounter.is_inferred is 'Known only from a message that told something else (a late joiner).';
comment on column practice.encounter.started_at is 'Instant by which lists sort: admitted, else arrived, else first told.';
comment on column practice.encounter.admitted_at is 'When the admission happened (PV1-44 or its fallbacks).';
comment on column practice.encounter.admitted_precision is 'How exactly that was told: year, month, day, hour, minute, second, fraction.';
comment on column practice.encounter.admitted_ambiguous is 'Whether the local time fell in the hour that happens twice, or in the one that does not.';
comment on column practice.encounter.admitted_told_at is 'When the inpatient stay was first told to us.';
comment on column practice.encounter.admission_method is 'NHS Data Dictionary admission method.';
comment on column practice.encounter.admission_source is 'NHS Data Dictionary source of admission.';
comment on column practice.encounter.arrived_at is 'When an attendance began.';
comment on column practice.encounter.arrived_precision is 'How exactly that was told.';
comment on column practice.encounter.arrived_ambiguous is 'As admitted_ambiguous.';
comment on column practice.encounter.arrived_told_at is 'When the attendance was first told to us.';
comment on column practice.encounter.arrival_mode is 'How the patient arrived (PV2-38).';
comment on column practice.encounter.ended_at is 'Instant by which discharges sort: discharged, else discharge told; null while open.';
comment on column practice.encounter.discharged_at is 'When the stay or attendance ended.';
comment on column practice.encounter.discharged_precision is 'How exactly that was told.';
comment on column practice.encounter.discharged_ambiguous is 'As admitted_ambiguous.';
comment on column practice.encounter.discharged_told_at is 'When the discharge was first told to us.';
comment on column practice.encounter.discharge_method is 'NHS Data Dictionary discharge method.';
comment on column practice.encounter.discharge_destination is 'NHS Data Dictionary discharge destination.';
comment on column practice.encounter.disposal is 'Outcome of an attendance: A&E attendance disposal.';
comment on column practice.encounter.site is 'Site. Location: withheld for a restricted patient, as are ward, bay, bed and location_text.';
comment on column practice.encounter.ward is 'Ward.';
comment on column practice.encounter.bay is 'Bay or room.';
comment on column practice.encounter.bed is 'Bed.';
comment on column practice.encounter.location_text is 'Location in words.';
comment on column practice.encounter.expected_discharge is 'Expected discharge as told (PV2-9).';
comment on column practice.encounter.specialty is 'Treatment function code. Withheld for a restricted patient.';
comment on column practice.encounter.consultant is 'Code of the consultant in charge. Withheld for a restricted patient, as is the name.';
comment on column practice.encounter.consultant_name is 'Name of the consultant in charge.';
comment on column practice.encounter.reason is 'Reason for admission or attendance. Withheld for a restricted patient.';
comment on column practice.encounter.medically_fit is 'Whether the patient is fit to leave (ZU1-22).';
comment on column practice.encounter.ready_at is 'When the patient was ready for discharge (ZU1-24).';
comment on column practice.encounter.first_told_at is 'When we first heard of the encounter.';
comment on column practice.encounter.last_told_at is 'When we last learned something of the encounter.';
comment on column practice.encounter.flags is 'Codes of doubt about the data.';

-- Who is not named in a policy sees nothing, and neither does the owner.
alter table practice.encounter enable row level security;
alter table practice.encounter force row level security;
alter table practice.feed enable row level security;
alter table practice.feed force row level security;

-- The twins: same columns, defaults, checks and comments; keys and indexes by name, because the swap changes names.
-- A partial index keeps its predicate through LIKE, and its name is set below.
do $twins$
declare
    view_name text;
    live      regclass;
    index_row record;
begin
    foreach view_name in array array['checkpoint', 'encounter_state', 'patient_state', 'poison', 'feed', 'encounter'] loop
        live := format('practice.%I', view_name)::regclass;
        execute format('create table practice.%I (like practice.%I including defaults including constraints '
                       'including storage including compression including comments)', view_name || '_shadow', view_name);
        execute format('alter table practice.%I set (fillfactor = %s)', view_name || '_shadow',
                       coalesce((select split_part(o, '=', 2) from pg_class c, unnest(c.reloptions) o
                                 where c.oid = live and o like 'fillfactor=%'), '100'));
        execute format('comment on table practice.%I is %L', view_name || '_shadow',
                       'Twin of practice.' || view_name || ', in which a rebuild is made.');
        for index_row in
            select c.relname as name, i.indisprimary, pg_get_indexdef(i.indexrelid) as definition
            from pg_index i join pg_class c on c.oid = i.indexrelid
            where i.indrelid = live order by c.relname
        loop
            execute replace(replace(index_row.definition,
                ' INDEX ' || index_row.name || ' ON ',
                ' INDEX ' || replace(index_row.name, view_name, view_name || '_shadow') || ' ON '),
                ' ON practice.' || view_name || ' ', ' ON practice.' || view_name || '_shadow ');
            if index_row.indisprimary then
                execute format('alter table practice.%I add constraint %I primary key using index %I',
                               view_name || '_shadow',
                               replace(index_row.name, view_name, view_name || '_shadow'),
                               replace(index_row.name, view_name, view_name || '_shadow'));
            end if;
        end loop;
    end loop;
    foreach view_name in array array['feed', 'encounter'] loop
        execute format('alter table practice.%I enable row level security', view_name || '_shadow');
        execute format('alter table practice.%I force row level security', view_name || '_shadow');
    end loop;
end
$twins$;

reset role;
