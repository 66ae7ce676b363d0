create or replace function practice.sweep_changes(made_before timestamptz, lines_max integer) returns bigint
    language plpgsql volatile parallel unsafe set search_path = pg_catalog, pg_temp
as $$
declare
    due    record;
    swept  bigint := 0;
    gone   bigint;
begin
    for due in
        select c.practice, c.kept_from from practice.counter c
        where exists (select from practice.change h
                      where h.practice = c.practice and h.count = c.kept_from and h.made_at < sweep_changes.made_before)
        order by c.practice
    loop
        exit when swept >= lines_max;
        perform from practice.counter c where c.practice = due.practice for update;
        with old as (
            delete from practice.change h
            where h.practice = due.practice and h.made_at < sweep_changes.made_before
              and h.count < due.kept_from + lines_max - swept
              -- A clock that was set back leaves no hole: what follows a kept line is kept.
              and not exists (select from practice.change k where k.practice = h.practice and k.count < h.count
                              and k.made_at >= sweep_changes.made_before)
            returning h.count
        )
        select count(*) into gone from old;
        update practice.counter c set kept_from = c.kept_from + gone where c.practice = due.practice;
        swept := swept + gone;
    end loop;
    return swept;
end
$$;
alter function practice.sweep_changes(timestamptz, integer) owner to primary_conect_owner;
revoke all on function practice.sweep_changes(timestamptz, integer) from public;
comment on function practice.sweep_changes(timestamptz, integer) is
    'Deletes the oldest lines of the journals, those made before a time, at most so many; returns how many. Called again while it gives as many as were asked for.';
