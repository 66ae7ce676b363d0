-- Access: which client assertions were used, who broke the glass of which practice and why, and who reviewed it.
--
-- A fourth schema, because what stands in audit is kept for good and is one practice's or one hospital's, and a used
-- assertion is neither: it is forgotten once it has expired, and belongs to a client of many practices.

create schema access authorization primary_conect_owner;
comment on schema access is 'What clients have shown and must not show twice; forgets what has expired.';

set local role primary_conect_owner;

create table access.assertion (
    client   text collate "C" not null,
    digest   bytea            not null,
    expires  timestamptz      not null,
    constraint assertion_pkey primary key (client, digest),
    constraint assertion_digest check (octet_length(digest) = 32)
);
create index assertion_expires_idx on access.assertion (expires);
comment on table access.assertion is 'Client assertions that have been used (RFC 7523 jti), until they would be refused anyway.';
comment on column access.assertion.client is 'Who showed it: the client id.';
comment on column access.assertion.digest is 'SHA-256 of its jti.';
comment on column access.assertion.expires is 'Its exp.';

create table audit.break_glass (
    practice      text collate "C" not null,
    id            uuid        not null,
    at            timestamptz not null,
    until         timestamptz not null,
    subject       text        not null,
    role          text        not null,
    client        text        not null,
    organisation  text,
    reason        text        not null,
    request_id    text        not null,
    login         text        not null,
    constraint break_glass_pkey primary key (practice, id),
    constraint break_glass_role check (role in ('practice-clinician', 'operator')),
    constraint break_glass_while check (until > at and until <= at + interval '1 hour'),
    constraint break_glass_reason check (char_length(reason) between 10 and 500)
);
comment on table audit.break_glass is 'Who opened a practice that is not theirs, for how long and why: each is to be reviewed.';
comment on column audit.break_glass.practice is 'The practice that was opened.';
comment on column audit.break_glass.id is 'The grant: named by each look that was made under it.';
comment on column audit.break_glass.at is 'When it was opened.';
comment on column audit.break_glass.until is 'When it closed by itself: an hour later at most.';
comment on column audit.break_glass.subject is 'Who: the subject of the token; no other may use the grant.';
comment on column audit.break_glass.role is 'In which role: practice-clinician or operator.';
comment on column audit.break_glass.client is 'With which client.';
comment on column audit.break_glass.organisation is 'Organisation that the client says it asks for.';
comment on column audit.break_glass.reason is 'Why, as it was typed: 10 to 500 characters.';
comment on column audit.break_glass.request_id is 'X-Request-ID of the request.';
comment on column audit.break_glass.login is 'Database role that wrote it.';

create table audit.break_glass_review (
    practice     text collate "C" not null,
    break_glass  uuid        not null,
    at           timestamptz not null,
    reviewer     text        not null,
    outcome      text        not null,
    note         text        not null,
    login        text        not null,
    constraint break_glass_review_pkey primary key (practice, break_glass),
    constraint break_glass_review_fkey foreign key (practice, break_glass) references audit.break_glass (practice, id),
    constraint break_glass_review_outcome check (outcome in ('justified', 'not-justified'))
);
comment on table audit.break_glass_review is 'What the review of a broken glass came to; once for each.';
comment on column audit.break_glass_review.practice is 'Practice of the grant.';
comment on column audit.break_glass_review.break_glass is 'The grant.';
comment on column audit.break_glass_review.at is 'When it was reviewed.';
comment on column audit.break_glass_review.reviewer is 'Who reviewed it: never who opened it.';
comment on column audit.break_glass_review.outcome is 'justified or not-justified.';
comment on column audit.break_glass_review.note is 'What the reviewer says to it; may be empty.';
comment on column audit.break_glass_review.login is 'Database role that wrote it.';

alter table audit.access
    add column organisation text,
    add column break_glass uuid,
    add constraint access_break_glass_fkey foreign key (practice, break_glass) references audit.break_glass (practice, id),
    add constraint access_break_glass_purpose check (outcome = 'denied' or (break_glass is null) = (purpose <> 'break-glass'));
create index access_break_glass_idx on audit.access (practice, break_glass) where break_glass is not null;
comment on column audit.access.organisation is 'Organisation that the client says it asks for (NHSD-End-User-Organisation-ODS): noted, never a scope.';
comment on column audit.access.break_glass is 'The grant that opened the practice, where the purpose is break-glass.';

-- They come back with more parameters, which those who do not know them may leave out.
drop function if exists audit.open_access(text, text, text, text, text, text, text);
drop function if exists audit.record_denial(text, text, text, text, text, text, text, text);

reset role;
