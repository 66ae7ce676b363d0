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

-- Webhooks and what was sent to them. Not views either: nobody can make them again, and no rebuild touches them. They stand
-- here because they are a practice's, within its access record like all that it reads.
create table practice.webhook (
    practice             text collate "C" not null,
    webhook              uuid        not null,
    url                  text        not null,
    types                text[]      not null,
    secret               bytea       not null,
    secret_before        bytea,
    secret_before_until  timestamptz,
    state                text        not null default 'on',
    off_reason           text,
    made_by              text        not null,
    made_at              timestamptz not null,
    epoch                integer     not null,
    count                bigint      not null,
    failing_since        timestamptz,
    test_due_at          timestamptz not null,
    leased_until         timestamptz not null,
    constraint webhook_pkey primary key (practice, webhook),
    constraint webhook_state check (state in ('on', 'off') and (state = 'off') = (off_reason is not null)),
    constraint webhook_secret_length check (octet_length(secret) between 24 and 64)
);
comment on table practice.webhook is 'Addresses that practices want to be called at when something changes.';
comment on column practice.webhook.practice is 'The practice of which changes are told.';
comment on column practice.webhook.webhook is 'The webhook.';
comment on column practice.webhook.url is 'Address that is called.';
comment on column practice.webhook.types is 'Types of change that are told; empty for all.';
comment on column practice.webhook.secret is 'Key of the signatures (Standard Webhooks); shown once, when it was made.';
comment on column practice.webhook.secret_before is 'The key before it, which signs too while the receiver changes over.';
comment on column practice.webhook.secret_before_until is 'Until when.';
comment on column practice.webhook.state is 'on or off.';
comment on column practice.webhook.off_reason is 'gone (the receiver answered 410) or failing (nothing taken for three days); null while on.';
comment on column practice.webhook.made_by is 'Subject of the token with which it was made.';
comment on column practice.webhook.made_at is 'When it was made.';
comment on column practice.webhook.epoch is 'Which telling of the journal count belongs to.';
comment on column practice.webhook.count is 'The change up to which deliveries have been made of the journal.';
comment on column practice.webhook.failing_since is 'First failure since the last success; null after a success.';
comment on column practice.webhook.test_due_at is 'When the next test event is due.';
comment on column practice.webhook.leased_until is 'Until when one process delivers and the others stand by.';
alter table practice.webhook enable row level security;
alter table practice.webhook force row level security;

create table practice.delivery (
    practice       text collate "C" not null,
    webhook        uuid        not null,
    event          text collate "C" not null,
    type           text collate "C" not null,
    encounter_ref  text collate "C",
    patient_ref    text collate "C",
    class          text,
    told_at        timestamptz not null,
    state          text        not null default 'waiting',
    attempts       integer     not null default 0,
    due_at         timestamptz not null,
    tried_at       timestamptz,
    status         integer,
    error          text,
    constraint delivery_pkey primary key (practice, webhook, event),
    constraint delivery_webhook foreign key (practice, webhook) references practice.webhook on delete cascade,
    constraint delivery_state check (state in ('waiting', 'delivered', 'failed'))
);
create index delivery_due_idx on practice.delivery (practice, webhook, due_at) where state = 'waiting';
comment on table practice.delivery is 'One event for one webhook: a change of the journal, or a test.';
comment on column practice.delivery.practice is 'The practice.';
comment on column practice.delivery.webhook is 'The webhook.';
comment on column practice.delivery.event is 'Id of the event, the same at each attempt; of a change a digest of webhook and place in the journal, so it is made once.';
comment on column practice.delivery.type is 'Type of the change, or test.';
comment on column practice.delivery.encounter_ref is 'As in the journal.';
comment on column practice.delivery.patient_ref is 'As in the journal.';
comment on column practice.delivery.class is 'As in the journal.';
comment on column practice.delivery.told_at is 'As in the journal; of a test when it was made.';
comment on column practice.delivery.state is 'waiting, delivered, or failed: given up.';
comment on column practice.delivery.attempts is 'Attempts so far.';
comment on column practice.delivery.due_at is 'When the next attempt is due, while it waits.';
comment on column practice.delivery.tried_at is 'When the last attempt ended.';
comment on column practice.delivery.status is 'Status of the last answer, if there was one.';
comment on column practice.delivery.error is 'Code of what went wrong at the last attempt.';
alter table practice.delivery enable row level security;
alter table practice.delivery force row level security;

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
