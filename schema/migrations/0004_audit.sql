-- The audit schema: who looked, for which practice, and why. Append only.
--
-- The access record is the scope (house.md decision 10): the policies of the practice schema compare with the record
-- that this very transaction has written. audit.access and audit.shown are written by functions only.

create schema audit authorization primary_conect_owner;
comment on schema audit is 'Who looked at what, for which practice, when and why; append only.';

set local role primary_conect_owner;

create table audit.access (
    practice     text collate "C" not null,
    id           uuid        not null,
    at           timestamptz not null,
    transaction  xid8        not null,
    outcome      text        not null,
    denial       text,
    subject      text        not null,
    role         text        not null,
    client       text        not null,
    purpose      text        not null,
    route        text        not null,
    request_id   text        not null,
    login        text        not null,
    constraint access_pkey primary key (practice, id),
    constraint access_outcome check (outcome in ('granted', 'denied')),
    constraint access_denial check ((outcome = 'denied') = (denial is not null)),
    constraint access_practice_code check (practice ~ '^[A-Z0-9-]{1,12}$')
);
create index access_transaction_idx on audit.access (transaction) where outcome = 'granted';
create index access_at_idx on audit.access (practice, at);
comment on table audit.access is 'One row for each look, and for each look that was refused; the granted row is the scope of its transaction.';
comment on column audit.access.practice is 'Practice on whose behalf; of a refused look the practice asked for, INVALID if that was no code.';
comment on column audit.access.id is 'The access record.';
comment on column audit.access.at is 'Start of the transaction that looked.';
comment on column audit.access.transaction is 'The transaction that looked: only this one is within the scope.';
comment on column audit.access.outcome is 'granted or denied.';
comment on column audit.access.denial is 'Code of the reason of a refusal.';
comment on column audit.access.subject is 'Who: the subject of the token.';
comment on column audit.access.role is 'In which role.';
comment on column audit.access.client is 'With which client.';
comment on column audit.access.purpose is 'Why: direct-care, or a reason given.';
comment on column audit.access.route is 'What was asked for: a route without identifiers, such as lists/admissions.';
comment on column audit.access.request_id is 'X-Request-ID of the request.';
comment on column audit.access.login is 'Database role that wrote the record.';

create table audit.shown (
    practice  text collate "C" not null,
    access    uuid     not null,
    part      smallint not null,
    patients  integer  not null,
    refs      text[]   not null,
    constraint shown_pkey primary key (practice, access, part),
    constraint shown_access_fkey foreign key (practice, access) references audit.access (practice, id)
);
comment on table audit.shown is 'Which patients a look has shown, written in the transaction that read them.';
comment on column audit.shown.practice is 'Practice of the access record.';
comment on column audit.shown.access is 'The access record.';
comment on column audit.shown.part is 'Place among what one look has shown, from 1.';
comment on column audit.shown.patients is 'How many patients.';
comment on column audit.shown.refs is 'Refs of the patients, each once, in ascending order.';

reset role;
