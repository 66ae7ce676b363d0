-- The event log: what we were told, byte for byte, in one order for each log. Append only.
--
-- A log is one organisation's telling. Its positions count from 1 without a gap and are given under the lock of its
-- head row, so they follow the order of commits. Rows are written by event_log.append alone and never change (policies/
-- has the guards, grants/ the missing grants). Narrow rows and four indexes: each costs every message (message_waiting
-- holds but the few that wait). Keys compare byte by byte (collate "C"): the same order everywhere, and the cheapest.

create schema event_log authorization primary_conect_owner;
comment on schema event_log is 'What hospitals told us and when, in the order we learned it; append only.';

set local role primary_conect_owner;

create table event_log.head (
    log          text collate "C" not null,
    position     bigint           not null,
    recorded_at  timestamptz      not null,
    range        bytea            not null,
    constraint head_pkey primary key (log),
    constraint head_log_is_ods_code check (log ~ '^[A-Z0-9-]{1,12}$'),
    constraint head_position_not_negative check (position >= 0),
    constraint head_range_length check (octet_length(range) % 32 = 0)
) with (fillfactor = 20);
comment on table event_log.head is
    'One row for each log: where it ends, and the right-hand edge of its Merkle tree. Its lock gives the '
    'order of the log.';
comment on column event_log.head.log is 'ODS code of the organisation that tells the log.';
comment on column event_log.head.position is
    'Position of the newest event, which is the number of leaves of the tree; 0 for none.';
comment on column event_log.head.recorded_at is 'recorded_at of the newest event; the next is never before it.';
comment on column event_log.head.range is
    'Compact range of the tree (RFC 6962): the roots of its perfect subtrees, greatest first, 32 bytes for '
    'each bit set in position.';

create table event_log.message (
    position           bigint           not null,
    recorded_at        timestamptz      not null,
    event_count        integer          not null,
    control_id_reused  boolean          not null,
    log                text collate "C" not null,
    control_id         text collate "C" not null,
    sender             text collate "C" not null,
    digest             bytea            not null,
    salt               bytea            not null,
    trigger            text             not null,
    disposition        text             not null,
    answer             text             not null,
    reason             text,
    received_from      text             not null,
    bytes              bytea            compression lz4 not null,
    constraint message_pkey primary key (log, position),
    constraint message_key unique (log, control_id, sender, digest),
    constraint message_disposition check (disposition in ('read', 'kept', 'quarantined', 'refused'))
);
-- Only what waits is in it, so that a message that was read costs nothing.
create index message_waiting on event_log.message (log, position) where disposition = 'quarantined';
comment on table event_log.message is 'Every message received, byte for byte, with what we answered and why.';
comment on column event_log.message.log is 'The log it belongs to.';
comment on column event_log.message.position is 'Position of the first event it tells.';
comment on column event_log.message.event_count is 'How many events it tells, at positions one after the other.';
comment on column event_log.message.recorded_at is 'When it was received.';
comment on column event_log.message.sender is
    'MSH-3|MSH-4 as sent, at most 255 bytes; a longer one ends in ~ and a digest.';
comment on column event_log.message.control_id is 'MSH-10 as sent, or empty; clipped like sender.';
comment on column event_log.message.control_id_reused is
    'Whether this sender had used this control id for other bytes before.';
comment on column event_log.message.digest is
    'SHA-256 of bytes. With log, sender and control_id it makes a message that comes again the same one.';
comment on column event_log.message.salt is
    'Sixteen random bytes; the leaf of each event commits to SHA-256(salt || bytes).';
comment on column event_log.message.trigger is 'Message type and trigger event (MSH-9): ADT^A01.';
comment on column event_log.message.disposition is
    'read, kept (no effect), quarantined (waiting for redrive) or refused.';
comment on column event_log.message.reason is 'Coded reason of the disposition.';
comment on column event_log.message.answer is
    'Acknowledgement code answered (HL7 table 0008), or empty for none; the same message gets the same again.';
comment on column event_log.message.received_from is 'Address of the peer, or file.';
comment on column event_log.message.bytes is 'The message as it came.';

create table event_log.event (
    position          bigint           not null,
    recorded_at       timestamptz      not null,
    occurred_at       timestamptz,
    message_position  bigint,
    log               text collate "C" not null,
    stream            text collate "C" not null,
    type              text             not null,
    leaf_hash         bytea            not null,
    salt              bytea            not null,
    payload           text             compression lz4 not null,
    constraint event_pkey primary key (log, position)
);
create index event_stream on event_log.event (log, stream, position);
comment on table event_log.event is 'The facts as told, in one order for each log.';
comment on column event_log.event.log is 'The log.';
comment on column event_log.event.position is 'Place in the log, from 1 without a gap, in the order of commits.';
comment on column event_log.event.stream is 'Whose event it is: encounter:<key>, patient:<key> or message.';
comment on column event_log.event.type is 'What happened, in the past tense, with its version: encounter.admitted.v1.';
comment on column event_log.event.payload is
    'Canonical JSON, kept byte for byte (jsonb would not keep what the leaf commits to).';
comment on column event_log.event.occurred_at is 'When it happened, as the hospital tells; null if it does not.';
comment on column event_log.event.recorded_at is 'When we learned it; never decreases along a log.';
comment on column event_log.event.message_position is 'The message that told it, by its position; null if none did.';
comment on column event_log.event.leaf_hash is
    'Leaf of the Merkle tree: SHA-256(0x00 || data), data as documented in Sources/EventSourcing/LeafEncoding.swift.';
comment on column event_log.event.salt is 'Sixteen random bytes; the leaf commits to SHA-256(salt || payload).';

reset role;
