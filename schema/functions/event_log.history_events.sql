create or replace function event_log.history_events(
    of_ref text, of_log text, of_stream text, most integer
)
    returns table (
        log text, "position" bigint, stream text, type text, payload text, occurred_at timestamptz, recorded_at timestamptz,
        message_position bigint, sender text, control_id text, trigger text, received_from text
    )
    language plpgsql stable parallel restricted security definer rows 100
    set search_path = pg_catalog, pg_temp
    set enable_seqscan = off
as $$
#variable_conflict use_column
declare
    asking   constant text := audit.current_practice();
    sees_all constant boolean := coalesce(audit.current_role() = 'auditor', false);
    part     record;
    streams  text[];
    patients text[];
    numbers  text[];
    same     text[];
    places   text[];
begin
    if asking is null then
        raise exception 'no access record in this transaction' using errcode = 'insufficient_privilege';
    end if;
    if of_stream is not null and not sees_all then
        raise exception 'a stream is read by the auditor alone' using errcode = 'insufficient_privilege';
    end if;
    if of_stream is not null and of_stream !~ '^(encounter|patient):' then
        raise exception 'not a stream of a patient' using errcode = 'insufficient_privilege';
    end if;
    -- A patient's history is that of the person at each hospital that tells the same NHS number; at one hospital two records
    -- are one person's only where it says so.
    select coalesce(array_agg(distinct e.nhs_number) filter (where e.nhs_number is not null), '{}'),
           coalesce(array_agg(distinct e.hospital), '{}')
    into same, places
    from practice.encounter e
    where of_stream is null and e.practice = asking and e.patient_ref = of_ref and e.withdrawn_at is null;
    for part in
        select r.hospital, r.until, array_agg(distinct r.stream) as streams
        from (
            select e.hospital, case when sees_all then null else e.withdrawn_at end as until, s.stream
            from practice.encounter e
            cross join lateral (values ('encounter:' || e.encounter_key), ('patient:' || nullif(e.patient_key, ''))) s (stream)
            where of_stream is null and e.practice = asking
              and (of_ref in (e.encounter_ref, e.patient_ref)
                   or e.withdrawn_at is null and e.nhs_number = any (same) and e.hospital <> all (places))
              and s.stream is not null
              and (sees_all or e.withdrawn_at is null or e.withdrawn_reason = 'registered-elsewhere')
            union all
            select of_log, null, of_stream where of_stream is not null
        ) r
        group by r.hospital, r.until
        order by r.hospital, r.until nulls first
    loop
        streams := event_log.tied_streams(part.hospital, part.streams, sees_all);
        patients := array(select substr(s, 9) from unnest(streams) s where s like 'patient:%');
        if sees_all and of_stream like 'encounter:%' then
            patients := patients || array(
                select e.patient from practice.encounter_state e
                where e.hospital = part.hospital and 'encounter:' || e.encounter = any (streams) and e.patient <> '');
        end if;
        numbers := array(
            select distinct p.nhs_number from practice.patient_state p
            where p.hospital = part.hospital and p.patient = any (patients) and p.nhs_number is not null);
        -- A record known by NHS number alone is the person's whose own number bears it, if only one person's does.
        patients := patients || array(
            select p.patient from practice.patient_state p
            where p.hospital = part.hospital and p.nhs_number = any (numbers) and p.patient like 'NHS|%'
              and (sees_all or not exists (
                  select from practice.patient_state o
                  where o.hospital = p.hospital and o.nhs_number = p.nhs_number and o.patient not like 'NHS|%'
                    and o.patient <> all (patients))));
        if sees_all and (of_stream like 'patient:%' or of_ref like 'pt\_%') then
            streams := event_log.tied_streams(part.hospital, streams || array(
                select 'encounter:' || e.encounter from practice.encounter_state e
                where e.hospital = part.hospital and (e.patient = any (patients) or e.formerly && patients)), true);
        end if;
        streams := streams || array(select 'patient:' || p from unnest(patients) p);
        if sees_all then
            streams := streams || array(select 'onboarding:' || p from unnest(patients) p);
        end if;
        return query
            select e.log, e.position, e.stream, e.type, e.payload, e.occurred_at, e.recorded_at, e.message_position,
                   m.sender, m.control_id, m.trigger, m.received_from
            from event_log.event e
            left join event_log.message m on m.log = e.log and m.position = e.message_position
            where e.log = part.hospital and e.stream = any (streams)
              and (part.until is null or e.recorded_at < part.until)
            order by e.position limit most;
    end loop;
end
$$;
alter function event_log.history_events(text, text, text, integer) owner to primary_conect_owner;
revoke all on function event_log.history_events(text, text, text, integer) from public;
comment on function event_log.history_events(text, text, text, integer) is
    'The events of hospitals that concern a patient or an encounter by its ref at the practice of this transaction''s access record: what is told of the rows that the practice has, and of those whose patients moved on until they did. To the role auditor also what was withheld, withdrawn, or told under numbers that were joined once; and any stream by its log. Within each hospital in order, at most so many.';
