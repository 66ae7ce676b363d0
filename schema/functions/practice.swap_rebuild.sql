create or replace function practice.swap_rebuild(id uuid, successors text) returns void
    language plpgsql volatile security definer parallel unsafe set search_path = pg_catalog, pg_temp
as $$
declare
    view_name  text;
    index_name text;
begin
    perform practice.hold_rebuild(id);
    if exists (select 1 from practice.checkpoint live
               left join practice.checkpoint_shadow made using (hospital, projection)
               where coalesce(made.position, -1) < live.position) then
        raise exception 'the shadow tables are behind the live ones' using errcode = 'object_not_in_prerequisite_state';
    end if;
    if exists (select 1 from unnest(array['encounter', 'encounter_state', 'patient_state']) as v (view_name)
               join pg_index i on i.indrelid = format('practice.%I', v.view_name)::regclass
               join pg_class c on c.oid = i.indexrelid
               where not exists (
                   select from pg_index made join pg_class m on m.oid = made.indexrelid
                   where made.indrelid = format('practice.%I', v.view_name || '_shadow')::regclass and made.indisvalid
                     and m.relname = replace(c.relname, v.view_name, v.view_name || '_shadow'))) then
        raise exception 'the shadow tables lack indexes of the live ones' using errcode = 'object_not_in_prerequisite_state';
    end if;

    -- Readers take feed before encounter, so this does too; a long look must not hold up all the others behind us.
    perform set_config('lock_timeout', '2s', true);
    lock table practice.feed in access exclusive mode;
    lock table practice.encounter in access exclusive mode;
    lock table practice.registration in access exclusive mode;

    insert into practice.checkpoint as live (hospital, projection, position, told_through)
    select made.hospital, made.projection, made.position, made.told_through from practice.checkpoint_shadow made
    on conflict (hospital, projection) do update set position = excluded.position, told_through = excluded.told_through;

    foreach view_name in array array['feed', 'feed_rhythm', 'encounter', 'encounter_state', 'patient_state', 'poison', 'registration',
                                     'registration_state', 'registration_point', 'concern', 'discussion', 'huddle', 'action',
                                     'symphony', 'onboarding_case', 'onboarding_detail'] loop
        execute format('alter table practice.%I rename to %I', view_name, view_name || '_swap');
        execute format('alter table practice.%I rename to %I', view_name || '_shadow', view_name);
        execute format('alter table practice.%I rename to %I', view_name || '_swap', view_name || '_shadow');
        -- Of the table that is now the shadow each index name goes aside, so that the live one can have it.
        for index_name in
            select c.relname from pg_index i join pg_class c on c.oid = i.indexrelid
            where i.indrelid = format('practice.%I', view_name || '_shadow')::regclass
        loop
            execute format('alter index practice.%I rename to %I', index_name, index_name || '_swap');
        end loop;
        for index_name in
            select c.relname from pg_index i join pg_class c on c.oid = i.indexrelid
            where i.indrelid = format('practice.%I', view_name)::regclass
        loop
            execute format('alter index practice.%I rename to %I', index_name,
                           replace(index_name, view_name || '_shadow', view_name));
        end loop;
        for index_name in
            select c.relname from pg_index i join pg_class c on c.oid = i.indexrelid
            where i.indrelid = format('practice.%I', view_name || '_shadow')::regclass
        loop
            execute format('alter index practice.%I rename to %I', index_name,
                           replace(regexp_replace(index_name, '_swap$', ''), view_name, view_name || '_shadow'));
        end loop;
        execute format('comment on table practice.%I is %L', view_name,
                       obj_description(format('practice.%I', view_name || '_shadow')::regclass, 'pg_class'));
        execute format('comment on table practice.%I is %L', view_name || '_shadow',
                       'Twin of practice.' || view_name || ', in which a rebuild is made.');
    end loop;

    truncate practice.checkpoint_shadow, practice.feed_shadow, practice.feed_rhythm_shadow, practice.encounter_shadow,
             practice.encounter_state_shadow, practice.patient_state_shadow, practice.poison_shadow,
             practice.registration_shadow, practice.registration_state_shadow, practice.registration_point_shadow,
             practice.concern_shadow, practice.discussion_shadow, practice.huddle_shadow, practice.action_shadow,
             practice.symphony_shadow, practice.onboarding_case_shadow, practice.onboarding_detail_shadow;
    delete from practice.rebuild;
    update practice.installation i set successors = swap_rebuild.successors
    where i.successors <> swap_rebuild.successors;
end
$$;
alter function practice.swap_rebuild(uuid, text) owner to primary_conect_owner;
revoke all on function practice.swap_rebuild(uuid, text) from public;
comment on function practice.swap_rebuild(uuid, text) is
    'Makes the shadow tables the live ones, checkpoints included, and empties the others. The caller holds practice.checkpoint in SHARE ROW EXCLUSIVE mode, so that no projector moves meanwhile; refused (55000) if the shadow is behind, or lacks an index.';
