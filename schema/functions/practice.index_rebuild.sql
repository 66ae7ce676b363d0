create or replace function practice.index_rebuild(id uuid, part integer, parts integer) returns void
    language plpgsql volatile security definer parallel unsafe set search_path = pg_catalog, pg_temp
as $$
declare
    missing record;
begin
    perform practice.hold_rebuild(id);
    -- Who wants several at once asks for several parts.
    perform set_config('max_parallel_maintenance_workers', '0', true);
    for missing in
        select wanted.* from (
            select format('practice.%I', v.view_name || '_shadow') as twin, i.indisunique as is_unique,
                   replace(c.relname, v.view_name, v.view_name || '_shadow') as name,
                   pg_get_indexdef(i.indexrelid) as definition, obj_description(i.indexrelid, 'pg_class') as remark,
                   row_number() over (order by c.relname) as number
            from unnest(array['encounter', 'encounter_state', 'patient_state']) as v (view_name)
            join pg_index i on i.indrelid = format('practice.%I', v.view_name)::regclass
            join pg_class c on c.oid = i.indexrelid
            where not i.indisprimary) wanted
        where wanted.number % parts = part
          and not exists (select from pg_class c where c.relnamespace = 'practice'::regnamespace and c.relname = wanted.name)
        order by wanted.number
    loop
        execute format('create %s index %I on %s', case when missing.is_unique then 'unique' else '' end, missing.name,
                       missing.twin) || substr(missing.definition, strpos(missing.definition, ' USING '));
        if missing.remark is not null then
            execute format('comment on index practice.%I is %L', missing.name, missing.remark);
        end if;
    end loop;
end
$$;
alter function practice.index_rebuild(uuid, integer, integer) owner to primary_conect_owner;
revoke all on function practice.index_rebuild(uuid, integer, integer) from public;
comment on function practice.index_rebuild(uuid, integer, integer) is
    'Gives the shadow tables those indexes of the live ones that they lack: of as many parts as are said, the part with this number, counted from 0. Parts may be made at once, on connections of their own; refused (55000) unless the shadow tables are this rebuild''s.';
