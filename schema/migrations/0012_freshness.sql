-- How each feed is used to speak, hour by hour of the week, and since when it is said to be silent.

set local role primary_conect_owner;

do $both$
declare
    suffix text;
begin
    foreach suffix in array array['', '_shadow'] loop
        execute format('alter table practice.%I add column hour_longest integer, '
                       'add column silence_told_at timestamptz', 'feed' || suffix);
        execute format('comment on column practice.%I.hour_longest is %L', 'feed' || suffix,
                       'The longest silence so far, in seconds, in the hour in which the feed was last heard; null where '
                       'that hour was not watched from its beginning.');
        execute format('comment on column practice.%I.silence_told_at is %L', 'feed' || suffix,
                       'When the log was told that the feed fell silent (feed.fell-silent.v1); null once it was heard again.');
        execute format('create table practice.%I ('
                       'hospital text collate "C" not null, feed text collate "C" not null, '
                       'hour_of_week integer not null, usual integer, history text collate "C" not null, '
                       'constraint %I primary key (hospital, feed, hour_of_week), '
                       'constraint %I check (hour_of_week between 0 and 167)) with (fillfactor = 50)',
                       'feed_rhythm' || suffix, 'feed_rhythm' || suffix || '_pkey', 'feed_rhythm_hour');
        execute format('alter table practice.%I enable row level security', 'feed_rhythm' || suffix);
        execute format('alter table practice.%I force row level security', 'feed_rhythm' || suffix);
        execute format('comment on column practice.%I.hospital is %L', 'feed_rhythm' || suffix, 'The log.');
        execute format('comment on column practice.%I.feed is %L', 'feed_rhythm' || suffix,
                       'The feed within the log: adt.');
        execute format('comment on column practice.%I.hour_of_week is %L', 'feed_rhythm' || suffix,
                       'Hour of the week on London''s wall: 0 is Monday 00:00 to 00:59, 167 Sunday 23:00 to 23:59.');
        execute format('comment on column practice.%I.usual is %L', 'feed_rhythm' || suffix,
                       'The usual longest silence in this hour, in seconds; null until eight weeks have been heard.');
        execute format('comment on column practice.%I.history is %L', 'feed_rhythm' || suffix,
                       'The longest silence in this hour, of the latest weeks (at most eight), oldest first: week:seconds, '
                       'weeks counted from Monday 1969-12-29.');
    end loop;
end
$both$;

comment on table practice.feed_rhythm is
    'How long each feed is used to be silent, hour by hour of the week; no patient data. Read only within an access record.';
comment on table practice.feed_rhythm_shadow is 'Twin of practice.feed_rhythm, in which a rebuild is made.';

comment on column event_log.event.stream is
    'Whose event it is: encounter:<key>, patient:<key>, message, quarantine:<position> for what became of the message '
    'held back there, or feed:<name> for the feed itself.';

-- The columns are there now, and no row knows the rhythm: the projector begins again from the first event.
truncate practice.checkpoint, practice.feed, practice.encounter, practice.encounter_state, practice.patient_state, practice.poison,
         practice.checkpoint_shadow, practice.feed_shadow, practice.encounter_shadow, practice.encounter_state_shadow,
         practice.patient_state_shadow, practice.poison_shadow, practice.rebuild;

reset role;
