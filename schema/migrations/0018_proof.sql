-- What was signed of each log, what makes proofs cheap, and what was taken out of it without breaking them.

set local role primary_conect_owner;

create table event_log.checkpoint (
    size         bigint           not null,
    signed_at    timestamptz      not null,
    log          text collate "C" not null,
    root         bytea            not null,
    range        bytea            not null,
    note         text             not null,
    constraint checkpoint_pkey primary key (log, size),
    constraint checkpoint_size_positive check (size > 0),
    constraint checkpoint_root_length check (octet_length(root) = 32),
    constraint checkpoint_range_length check (octet_length(range) % 32 = 0)
);
comment on table event_log.checkpoint is
    'Signed checkpoints (C2SP tlog-checkpoint): what a log''s tree was at some sizes. The key is outside the database, and so '
    'is a second copy; a log that was written anew does not fit them.';
comment on column event_log.checkpoint.log is 'The log.';
comment on column event_log.checkpoint.size is 'The number of leaves, which is the position of the newest event then.';
comment on column event_log.checkpoint.root is 'Root of the tree of that many leaves (RFC 6962); also in the note.';
comment on column event_log.checkpoint.range is 'Compact range of that tree, from which the next checkpoint goes on.';
comment on column event_log.checkpoint.note is 'The signed note, as it is given out.';
comment on column event_log.checkpoint.signed_at is 'When it was signed; also in the note.';

create table event_log.subtree (
    number  bigint           not null,
    log     text collate "C" not null,
    hash    bytea            not null,
    constraint subtree_pkey primary key (log, number),
    constraint subtree_number_not_negative check (number >= 0),
    constraint subtree_hash_length check (octet_length(hash) = 32)
);
comment on table event_log.subtree is
    'Roots of the perfect subtrees of 1,024 leaves each, so that a proof need not read all leaves. Can be computed again from '
    'the leaves.';
comment on column event_log.subtree.log is 'The log.';
comment on column event_log.subtree.number is
    'Place among them, from 0: the subtree of the positions number * 1024 + 1 to (number + 1) * 1024.';
comment on column event_log.subtree.hash is 'Its root (RFC 6962).';

create table event_log.redaction (
    position          bigint           not null,
    told_at           bigint           not null,
    message_position  bigint,
    log               text collate "C" not null,
    payload_digest    bytea            not null,
    message_digest    bytea,
    constraint redaction_pkey primary key (log, position),
    constraint redaction_payload_digest_length check (octet_length(payload_digest) = 32),
    constraint redaction_message check (
        (message_position is null) = (message_digest is null) and coalesce(octet_length(message_digest), 32) = 32)
);
comment on table event_log.redaction is
    'Events whose payload was taken out, with the bytes of the message that told them: the salted digests to which their leaves '
    'commit, without which the tree could not be computed again. They tell nothing of what was there.';
comment on column event_log.redaction.log is 'The log.';
comment on column event_log.redaction.position is 'Position of the event whose payload is gone.';
comment on column event_log.redaction.payload_digest is 'SHA-256(salt || payload) as they were.';
comment on column event_log.redaction.message_position is 'The message that told it, whose bytes are gone too; null if none did.';
comment on column event_log.redaction.message_digest is 'SHA-256(salt || bytes) of that message as they were.';
comment on column event_log.redaction.told_at is
    'Position of the event log.redacted.v1 (stream redaction:<position>) that says who, with whom, and why.';

comment on column event_log.event.stream is
    'Whose event it is: encounter:<key>, patient:<key>, message, quarantine:<position> for what became of the message '
    'held back there, or redaction:<position> for what was taken out there.';
comment on column event_log.event.payload is
    'Canonical JSON, kept byte for byte (jsonb would not keep what the leaf commits to); empty once it was taken out (redaction).';
comment on column event_log.event.salt is
    'Sixteen random bytes; the leaf commits to SHA-256(salt || payload). Empty once the payload was taken out.';
comment on column event_log.message.salt is
    'Sixteen random bytes; the leaf of each event commits to SHA-256(salt || bytes). Empty once the bytes were taken out.';
comment on column event_log.message.bytes is 'The message as it came; empty once it was taken out (redaction).';

reset role;
