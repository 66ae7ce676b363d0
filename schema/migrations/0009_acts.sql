-- What staff do about patients: commands that the log has carried out, and the views of the acts of practices.

set local role primary_conect_owner;

create table event_log.command (
    position     bigint           not null,
    recorded_at  timestamptz      not null,
    log          text collate "C" not null,
    command_id   text collate "C" not null,
    digest       bytea            not null,
    constraint command_pkey primary key (log, command_id),
    constraint command_id_is_uuid check (command_id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'),
    constraint command_digest_length check (octet_length(digest) = 32)
);
comment on table event_log.command is
    'Commands that were carried out, for good: the same identifier again is answered as the first time, and changes nothing.';
comment on column event_log.command.log is 'The log that the command appended to.';
comment on column event_log.command.command_id is 'The identifier its sender gave it (Idempotency-Key): a UUID, lower case.';
comment on column event_log.command.digest is 'SHA-256 of what was asked for: under the same identifier nothing else is carried out.';
comment on column event_log.command.position is
    'Position of the last event it came to; of a command that changed nothing, where the log ended then.';
comment on column event_log.command.recorded_at is 'When it was carried out.';

reset role;
