-- What changed, told to each practice in its own order: the journal behind the change feed, the streams and the webhooks.
--
-- Not views: a rebuild makes rows anew and leaves the journal as it was told, so that cursors stay valid.

set local role primary_conect_owner;

create table practice.counter (
    practice   text collate "C" not null,
    epoch      integer     not null default 1,
    count      bigint      not null default 0,
    kept_from  bigint      not null default 1,
    constraint counter_pkey primary key (practice),
    constraint counter_order check (count >= 0 and kept_from between 1 and count + 1)
) with (fillfactor = 50);
comment on table practice.counter is
    'How many changes each practice has been told: locked, in the order of the keys, by whoever tells one, so that the changes of a practice stand in the order of their commits.';
comment on column practice.counter.practice is 'The practice.';
comment on column practice.counter.epoch is
    'Counts restores of the journal from a backup: whoever restores adds one, and all cursors given out before expire.';
comment on column practice.counter.count is 'Number of the newest change; 0 before the first.';
comment on column practice.counter.kept_from is 'Number of the oldest change that is kept; one more than count if none is.';

create table practice.change (
    practice       text collate "C" not null,
    count          bigint      not null,
    type           text collate "C" not null,
    encounter_ref  text collate "C",
    patient_ref    text collate "C",
    hospital       text collate "C",
    class          text,
    lists          text[]      not null,
    happened_at    timestamptz,
    told_at        timestamptz not null,
    made_at        timestamptz not null,
    constraint change_pkey primary key (practice, count),
    constraint change_type check (type ~ '^[a-z]+[.][a-z_]+$')
);
create index change_made_at_idx on practice.change (practice, made_at);
comment on table practice.change is
    'What changed for each practice, in order, with refs and no other patient data; written in the transaction that writes the rows, kept some 90 days. Rebuilds leave it as it was told.';
comment on column practice.change.practice is 'The practice that is told.';
comment on column practice.change.count is 'Its number among the changes of the practice, from 1, without gaps.';
comment on column practice.change.type is 'encounter.admitted, attendance.ended, patient.died, views.rebuilt and so on.';
comment on column practice.change.encounter_ref is 'Ref of the encounter at this practice; null if it is of no single one.';
comment on column practice.change.patient_ref is 'Ref of the patient at this practice; null if it is of nobody.';
comment on column practice.change.hospital is
    'The log that told it; null for a restricted patient. Not shown to practices: it would be a location.';
comment on column practice.change.class is 'Class of the encounter, as in practice.encounter.';
comment on column practice.change.lists is 'Lists on which the encounter stood before or stands now; {all} of views.rebuilt.';
comment on column practice.change.happened_at is 'When it happened, as the hospital says; null if it says nothing, or a day alone.';
comment on column practice.change.told_at is 'When the message that told it reached us.';
comment on column practice.change.made_at is 'When the line was written; never before that of the line before it, unless a clock was set back.';
alter table practice.change enable row level security;
alter table practice.change force row level security;

create table practice.list_version (
    practice  text collate "C" not null,
    list      text collate "C" not null,
    count     bigint not null,
    constraint list_version_pkey primary key (practice, list)
) with (fillfactor = 50);
comment on table practice.list_version is 'The newest change that touched each list of each practice: its version.';
comment on column practice.list_version.practice is 'The practice.';
comment on column practice.list_version.list is 'The list, as paths name it; all: every list.';
comment on column practice.list_version.count is 'Number of the change.';

alter table practice.installation add column cursor_key bytea not null
    default sha256(decode(replace(gen_random_uuid()::text || gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex'));
alter table practice.installation alter column cursor_key drop default;
comment on column practice.installation.cursor_key is
    'Key of HMAC-SHA256 by which cursors of the change feed are signed; the service reads it.';

-- Polls that found nothing new are noted in batches: they showed no patient.
create table audit.poll (
    practice  text collate "C" not null,
    id        uuid        not null,
    subject   text        not null,
    role      text        not null,
    client    text        not null,
    route     text        not null,
    polls     bigint      not null,
    first_at  timestamptz not null,
    last_at   timestamptz not null,
    login     text        not null,
    constraint poll_pkey primary key (practice, id),
    constraint poll_counts check (polls > 0 and first_at <= last_at),
    constraint poll_practice_code check (practice ~ '^[A-Z0-9-]{1,12}$')
);
create index poll_last_at_idx on audit.poll (practice, last_at);
comment on table audit.poll is
    'Polls that were answered "nothing new" without a look at the rows, in batches of a second or so: no patient was shown.';
comment on column audit.poll.practice is 'Practice on whose behalf.';
comment on column audit.poll.id is 'The batch.';
comment on column audit.poll.subject is 'Who: the subject of the token.';
comment on column audit.poll.role is 'In which role.';
comment on column audit.poll.client is 'With which client.';
comment on column audit.poll.route is 'What was asked for: a route without identifiers, such as lists/admissions.';
comment on column audit.poll.polls is 'How many polls.';
comment on column audit.poll.first_at is 'When the first was answered, by the clock of the service.';
comment on column audit.poll.last_at is 'When the last was answered.';
comment on column audit.poll.login is 'Database role that wrote it.';

reset role;
