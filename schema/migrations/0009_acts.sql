-- What staff do about patients: commands that the log has carried out, and the views of what practices did.
--
-- Rows of practice.encounter name the hospital's keys, so that an act on a ref finds its patient; all views are emptied
-- for it, and the projector makes them again from the log.

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

truncate practice.checkpoint, practice.feed, practice.encounter, practice.encounter_state, practice.patient_state, practice.poison,
         practice.checkpoint_shadow, practice.feed_shadow, practice.encounter_shadow, practice.encounter_state_shadow,
         practice.patient_state_shadow, practice.poison_shadow, practice.rebuild;

do $both$
declare
    suffix text;
    view_name text;
begin
    foreach suffix in array array['', '_shadow'] loop
        execute format('alter table practice.%I add column if not exists encounter_key text collate "C" not null, '
                       'add column if not exists patient_key text collate "C" not null', 'encounter' || suffix);
        execute format('comment on column practice.%I.encounter_key is %L', 'encounter' || suffix,
                       'The hospital''s key of the encounter: finds its facts from its ref. Shown to nobody.');
        execute format('comment on column practice.%I.patient_key is %L', 'encounter' || suffix,
                       'The hospital''s key of the patient; empty if no message named anybody. Shown to nobody.');

        execute format($table$
            create table practice.%1$I (
                practice        text collate "C" not null,
                concern_id      text collate "C" not null,
                hospital        text collate "C" not null,
                patient_ref     text        not null,
                kind            text        not null,
                state           text        not null,
                raised_at       timestamptz not null,
                raised_by       text        not null,
                note            text,
                review_on       text,
                owner           text,
                closed_at       timestamptz,
                closed_by       text,
                closing_reason  text,
                version         bigint      not null,
                constraint %2$I primary key (practice, concern_id),
                constraint %3$I check (state in ('open', 'closed'))
            ) with (fillfactor = 80)
            $table$, 'concern' || suffix, 'concern' || suffix || '_pkey', 'concern' || suffix || '_state');
        execute format('create index %I on practice.%I (practice, patient_ref)',
                       'concern' || suffix || '_patient_idx', 'concern' || suffix);
        execute format('comment on table practice.%I is %L', 'concern' || suffix,
            'Concerns that a practice keeps in sight until somebody closes them. Read only within an access record.');
        execute format($comments$
            comment on column practice.%1$I.practice is 'The practice that raised it, in whose log it stands.';
            comment on column practice.%1$I.concern_id is 'Identifier of the command that raised it: a UUID.';
            comment on column practice.%1$I.hospital is 'The hospital whose patient it is about. Location: withheld for a restricted patient.';
            comment on column practice.%1$I.patient_ref is 'Ref of the patient for this practice, by the key that the patient had then.';
            comment on column practice.%1$I.kind is 'safeguarding, fopas, clinical, social-care, housing, carer-strain, medicines or other.';
            comment on column practice.%1$I.state is 'open or closed.';
            comment on column practice.%1$I.raised_at is 'When it was raised.';
            comment on column practice.%1$I.raised_by is 'By whom, as the token names them.';
            comment on column practice.%1$I.note is 'What was written when it was raised. Not for a practice''s administrators.';
            comment on column practice.%1$I.review_on is 'Day of the next look, yyyy-mm-dd.';
            comment on column practice.%1$I.owner is 'Who keeps it in sight: person:<name> or role:<role>; null for the huddle as a whole.';
            comment on column practice.%1$I.closed_at is 'When it was closed; null while open.';
            comment on column practice.%1$I.closed_by is 'By whom.';
            comment on column practice.%1$I.closing_reason is 'Why. Not for a practice''s administrators.';
            comment on column practice.%1$I.version is 'Number of events of the concern: its entity tag.'
            $comments$, 'concern' || suffix);

        execute format($table$
            create table practice.%1$I (
                practice      text collate "C" not null,
                huddle_day    text collate "C" not null,
                patient_ref   text collate "C" not null,
                hospital      text collate "C" not null,
                discussed_at  timestamptz not null,
                discussed_by  text        not null,
                version       bigint      not null,
                constraint %2$I primary key (practice, huddle_day, patient_ref)
            ) with (fillfactor = 80)
            $table$, 'discussion' || suffix, 'discussion' || suffix || '_pkey');
        execute format('comment on table practice.%I is %L', 'discussion' || suffix,
            'Who was marked as discussed in a day''s huddle, and not unmarked. Read only within an access record.');
        execute format($comments$
            comment on column practice.%1$I.practice is 'The practice that held the huddle.';
            comment on column practice.%1$I.huddle_day is 'Its day, yyyy-mm-dd.';
            comment on column practice.%1$I.patient_ref is 'Ref of the patient for this practice, by the key that the patient had then.';
            comment on column practice.%1$I.hospital is 'The hospital whose patient it is. Location: withheld for a restricted patient.';
            comment on column practice.%1$I.discussed_at is 'When the mark was set.';
            comment on column practice.%1$I.discussed_by is 'By whom, as the token names them.';
            comment on column practice.%1$I.version is 'How often the mark of this patient was set or taken back that day: its entity tag.'
            $comments$, 'discussion' || suffix);

        execute format($table$
            create table practice.%1$I (
                practice       text collate "C" not null,
                day            text collate "C" not null,
                closed_at      timestamptz,
                closed_by      text,
                not_discussed  integer,
                attendees      text[]      not null default '{}',
                version        bigint      not null,
                constraint %2$I primary key (practice, day)
            ) with (fillfactor = 80)
            $table$, 'huddle' || suffix, 'huddle' || suffix || '_pkey');
        execute format('comment on table practice.%I is %L', 'huddle' || suffix,
            'One row for each day on which a huddle marked somebody or was closed. Read only within an access record.');
        execute format($comments$
            comment on column practice.%1$I.practice is 'The practice that held it.';
            comment on column practice.%1$I.day is 'Its day, yyyy-mm-dd.';
            comment on column practice.%1$I.closed_at is 'When it was closed: the next window of news begins here. Null while open.';
            comment on column practice.%1$I.closed_by is 'By whom, as the token names them.';
            comment on column practice.%1$I.not_discussed is 'How many of the list nobody had marked when it was closed.';
            comment on column practice.%1$I.attendees is 'Who was there, where somebody said so.';
            comment on column practice.%1$I.version is 'Number of events of the huddle: its entity tag.'
            $comments$, 'huddle' || suffix);

        execute format($table$
            create table practice.%1$I (
                practice      text collate "C" not null,
                action_id     text collate "C" not null,
                hospital      text collate "C" not null,
                patient_ref   text        not null,
                kind          text        not null,
                due           text        not null,
                assignee      text        not null,
                note          text,
                state         text        not null,
                added_at      timestamptz not null,
                added_by      text        not null,
                completed_at  timestamptz,
                completed_by  text,
                result        text,
                version       bigint      not null,
                constraint %2$I primary key (practice, action_id),
                constraint %3$I check (state in ('open', 'done'))
            ) with (fillfactor = 80)
            $table$, 'action' || suffix, 'action' || suffix || '_pkey', 'action' || suffix || '_state');
        execute format('create index %I on practice.%I (practice, patient_ref)',
                       'action' || suffix || '_patient_idx', 'action' || suffix);
        execute format('comment on table practice.%I is %L', 'action' || suffix,
            'What huddles want done about patients. Read only within an access record.');
        execute format($comments$
            comment on column practice.%1$I.practice is 'The practice whose huddle wants it.';
            comment on column practice.%1$I.action_id is 'Identifier of the command that added it: a UUID.';
            comment on column practice.%1$I.hospital is 'The hospital whose patient it is about. Location: withheld for a restricted patient.';
            comment on column practice.%1$I.patient_ref is 'Ref of the patient for this practice, by the key that the patient had then.';
            comment on column practice.%1$I.kind is 'call, visit, review, medicines-check, letter, hot-onboarding or other.';
            comment on column practice.%1$I.due is 'By when, yyyy-mm-dd.';
            comment on column practice.%1$I.assignee is 'Who is to do it: person:<name> or role:<role>.';
            comment on column practice.%1$I.note is 'What was written when it was added.';
            comment on column practice.%1$I.state is 'open or done.';
            comment on column practice.%1$I.added_at is 'When it was added.';
            comment on column practice.%1$I.added_by is 'By whom, as the token names them.';
            comment on column practice.%1$I.completed_at is 'When it was done; null while open.';
            comment on column practice.%1$I.completed_by is 'By whom it was marked as done.';
            comment on column practice.%1$I.result is 'What came of it.';
            comment on column practice.%1$I.version is 'Number of events of the action: its entity tag.'
            $comments$, 'action' || suffix);

        execute format($table$
            create table practice.%1$I (
                practice     text collate "C" not null,
                patient_ref  text collate "C" not null,
                hospital     text collate "C" not null,
                score        smallint    not null,
                scored_on    text        not null,
                scored_by    text        not null,
                scored_at    timestamptz not null,
                version      bigint      not null,
                constraint %2$I primary key (practice, patient_ref),
                constraint %3$I check (score between 1 and 10)
            ) with (fillfactor = 80)
            $table$, 'symphony' || suffix, 'symphony' || suffix || '_pkey', 'symphony' || suffix || '_range');
        execute format('comment on table practice.%I is %L', 'symphony' || suffix,
            'Symphony scores that huddles entered by form: the one that counts. Read only within an access record.');
        execute format($comments$
            comment on column practice.%1$I.practice is 'The practice that scored.';
            comment on column practice.%1$I.patient_ref is 'Ref of the patient for this practice, by the key that the patient had then.';
            comment on column practice.%1$I.hospital is 'The hospital whose patient it is. Location: withheld for a restricted patient.';
            comment on column practice.%1$I.score is '1 to 10; 10 needs the most contact.';
            comment on column practice.%1$I.scored_on is 'The day of scoring, yyyy-mm-dd.';
            comment on column practice.%1$I.scored_by is 'Who entered it, as the token names them.';
            comment on column practice.%1$I.scored_at is 'When it was entered.';
            comment on column practice.%1$I.version is 'Number of events of the patient''s score: its entity tag.'
            $comments$, 'symphony' || suffix);

        foreach view_name in array array['concern', 'discussion', 'huddle', 'action', 'symphony'] loop
            execute format('alter table practice.%I enable row level security', view_name || suffix);
            execute format('alter table practice.%I force row level security', view_name || suffix);
            if suffix <> '' then
                execute format('comment on table practice.%I is %L', view_name || suffix,
                               'Twin of practice.' || view_name || ', in which a rebuild is made.');
            end if;
        end loop;
    end loop;
end
$both$;

reset role;
