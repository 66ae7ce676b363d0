create or replace function practice.begin_rebuild(id uuid) returns void
    language plpgsql volatile security definer parallel unsafe set search_path = pg_catalog, pg_temp
as $$
begin
    insert into practice.rebuild (id) values (begin_rebuild.id)
    on conflict (singleton) do update set id = excluded.id, begun_at = now();
    truncate practice.checkpoint_shadow, practice.feed_shadow, practice.encounter_shadow, practice.encounter_state_shadow,
             practice.patient_state_shadow, practice.poison_shadow;
end
$$;
alter function practice.begin_rebuild(uuid) owner to primary_conect_owner;
revoke all on function practice.begin_rebuild(uuid) from public;
comment on function practice.begin_rebuild(uuid) is
    'Empties the shadow tables and gives them to this rebuild; an earlier one that still runs is refused at its next step.';
