create or replace function practice.begin_rebuild() returns uuid
    language plpgsql volatile security definer parallel unsafe set search_path = pg_catalog, pg_temp
as $$
declare
    begun      uuid := gen_random_uuid();
    index_name text;
begin
    insert into practice.rebuild (id) values (begun)
    on conflict (singleton) do update set id = excluded.id, begun_at = now();
    truncate practice.checkpoint_shadow, practice.feed_shadow, practice.feed_rhythm_shadow, practice.encounter_shadow,
             practice.encounter_state_shadow, practice.patient_state_shadow, practice.poison_shadow,
             practice.registration_shadow, practice.registration_state_shadow, practice.registration_point_shadow,
             practice.concern_shadow, practice.discussion_shadow, practice.huddle_shadow, practice.action_shadow,
             practice.symphony_shadow, practice.onboarding_case_shadow, practice.onboarding_detail_shadow;
    -- Made again at once when all rows stand (practice.index_rebuild), which costs a fraction of keeping them row by row.
    for index_name in
        select c.relname from pg_index i join pg_class c on c.oid = i.indexrelid
        where i.indrelid in ('practice.encounter_shadow'::regclass, 'practice.encounter_state_shadow'::regclass,
                             'practice.patient_state_shadow'::regclass) and not i.indisprimary
    loop
        execute format('drop index practice.%I', index_name);
    end loop;
    return begun;
end
$$;
alter function practice.begin_rebuild() owner to primary_conect_owner;
revoke all on function practice.begin_rebuild() from public;
comment on function practice.begin_rebuild() is
    'Empties the shadow tables, takes the indexes of the large ones away but for their keys, and gives them to a new rebuild; an earlier one that still runs is refused at its next step.';
