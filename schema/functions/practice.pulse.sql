create or replace function practice.pulse(practices text[])
    returns table (practice text, epoch integer, count bigint, kept_from bigint, lists text[], versions bigint[])
    language sql stable security definer parallel unsafe set search_path = pg_catalog, pg_temp
as $$
    select c.practice, c.epoch, c.count, c.kept_from, coalesce(v.lists, '{}'), coalesce(v.versions, '{}')
    from practice.counter c
    left join lateral (
        select array_agg(l.list order by l.list) as lists, array_agg(l.count order by l.list) as versions
        from practice.list_version l where l.practice = c.practice
    ) v on true
    where pulse.practices is null or c.practice = any (pulse.practices)
$$;
alter function practice.pulse(text[]) owner to primary_conect_owner;
revoke all on function practice.pulse(text[]) from public;
comment on function practice.pulse(text[]) is
    'How far the journal of each of these practices goes (null: of all), and the version of each of its lists: no patient data, so it needs no access record.';
