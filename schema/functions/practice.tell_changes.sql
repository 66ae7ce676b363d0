create or replace function practice.tell_changes(
    practices text[], types text[], encounters text[], patients text[], hospitals text[], classes text[],
    list_names text[], happened timestamptz[], told timestamptz[]
) returns void
    language plpgsql volatile parallel unsafe set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
    -- Projectors of several hospitals tell one practice: counters are taken in the order of their keys and held to the commit,
    -- so nobody sees a number before all the smaller ones.
    insert into practice.counter (practice)
    select distinct p from unnest(practices) as p order by p
    on conflict (practice) do nothing;
    perform from practice.counter c where c.practice = any (practices) order by c.practice for update;

    with line as (
        select t.*, row_number() over (partition by t.practice order by t.place) as nth
        from unnest(practices, types, encounters, patients, hospitals, classes, list_names, happened, told)
            with ordinality as t (practice, type, encounter, patient, hospital, class, names, happened_at, told_at, place)
    ), moved as (
        update practice.counter c set count = c.count + n.lines
        from (select line.practice, count(*) as lines from line group by line.practice) n
        where c.practice = n.practice
        returning c.practice, c.count - n.lines as before
    ), written as (
        insert into practice.change (
            practice, count, type, encounter_ref, patient_ref, hospital, class, lists, happened_at, told_at, made_at)
        select line.practice, moved.before + line.nth, line.type, line.encounter, line.patient, line.hospital, line.class,
               string_to_array(line.names, ' '), line.happened_at, line.told_at, clock_timestamp()
        from line join moved on moved.practice = line.practice
        returning practice, count, lists
    )
    insert into practice.list_version (practice, list, count)
    select w.practice, l.name, max(w.count) from written w cross join unnest(w.lists) as l (name) group by w.practice, l.name
    on conflict (practice, list) do update set count = excluded.count;

    perform pg_notify('practice_change', q.p) from (select distinct p from unnest(practices) as p) q;
end
$$;
alter function practice.tell_changes(text[], text[], text[], text[], text[], text[], text[], timestamptz[], timestamptz[])
    owner to primary_conect_owner;
revoke all on function practice.tell_changes(
    text[], text[], text[], text[], text[], text[], text[], timestamptz[], timestamptz[]) from public;
comment on function practice.tell_changes(
    text[], text[], text[], text[], text[], text[], text[], timestamptz[], timestamptz[]) is
    'Adds lines to the journals of practices, one for each element of the arrays, in this order; names of lists stand between blanks. Called last in the transaction that writes the rows: it holds the counters of these practices to the commit, which wakes who follows them.';
