-- Identity events are few and have an index of their own (event_identity_idx); each telling of a join is a tie of two streams.
create or replace function event_log.tied_streams(of_log text, of_streams text[], ever boolean) returns text[]
    language sql stable parallel restricted security definer
    set search_path = pg_catalog, pg_temp
    set enable_seqscan = off
as $$
    with recursive identity as materialized (
        select e.position, e.stream, e.type, e.payload::jsonb as told
        from event_log.event e
        where e.log = of_log and e.payload is not null
          and e.type in ('encounter.merged.v1', 'encounter.renumbered.v1', 'patient.merged.v1', 'patient.moved.v1',
                         'patient.renumbered.v1', 'patient.unmerged.v1')
    ), telling as materialized (
        select i.position, i.stream as kept, 'encounter:' || (i.told #>> '{prior,encounter}') as joined, false as parts
        from identity i
        where i.type in ('encounter.merged.v1', 'encounter.renumbered.v1') and i.told #>> '{prior,encounter}' is not null
        union all
        select i.position,
               'patient:' || coalesce((i.told #>> '{patient,local,issuer}') || '|' || (i.told #>> '{patient,local,value}'),
                                      'NHS|' || (i.told #>> '{patient,nhs}')),
               'patient:' || other.key, i.type = 'patient.unmerged.v1'
        from identity i
        cross join lateral (
            select (id ->> 'issuer') || '|' || (id ->> 'value') as key
            from jsonb_array_elements(coalesce(i.told #> '{prior,ids}', '[]')) id
            union all
            select 'NHS|' || (i.told #>> '{prior,nhs}') where i.told #> '{prior,ids}' is null
        ) other
        where i.type like 'patient.%'
    ), tie as materialized (
        select distinct t.kept, t.joined
        from telling t
        where t.kept is not null and t.joined is not null
          and (ever or not t.parts and not exists (
              select from telling u
              where u.parts and u.kept = t.kept and u.joined = t.joined and u.position > t.position))
    ), tied (stream) as (
        select unnest(of_streams)
        union
        select case when tie.kept = tied.stream then tie.joined else tie.kept end
        from tied join tie on tied.stream in (tie.kept, tie.joined)
    )
    select coalesce(array_agg(tied.stream order by tied.stream), '{}') from tied
$$;
alter function event_log.tied_streams(text, text[], boolean) owner to primary_conect_owner;
revoke all on function event_log.tied_streams(text, text[], boolean) from public;
comment on function event_log.tied_streams(text, text[], boolean) is
    'Streams of a log with those of all other numbers under which the hospital told of the same patients and visits: as joins stand, or (ever) as they ever stood. Granted to nobody: a part of event_log.history_events.';
