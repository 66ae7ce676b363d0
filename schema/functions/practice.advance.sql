create or replace function practice.advance(
    hospital text, projection text, expected bigint, reached bigint, told_through timestamptz,
    successors text
) returns void
    language plpgsql volatile parallel unsafe set search_path = pg_catalog, pg_temp
as $$
begin
    -- Rows and checkpoint are lost together or not at all, and the log has what they are made from: no need to wait for the disk.
    perform set_config('synchronous_commit', 'off', true);
    -- Of one row, which only a rebuild's swap changes: whoever still works with the practices of before must begin anew.
    if not exists (select from practice.installation i where i.successors = advance.successors) then
        raise exception 'the views are made with other practices' using errcode = 'serialization_failure';
    end if;
    update practice.checkpoint c
    set position = advance.reached, told_through = coalesce(advance.told_through, c.told_through)
    where c.hospital = advance.hospital and c.projection = advance.projection and c.position = advance.expected;
    if found then return; end if;
    if expected = 0 then
        insert into practice.checkpoint (hospital, projection, position, told_through)
        values (advance.hospital, advance.projection, advance.reached, advance.told_through)
        on conflict do nothing;
        if found then return; end if;
    end if;
    raise exception 'the checkpoint has moved' using errcode = 'serialization_failure';
end
$$;
alter function practice.advance(text, text, bigint, bigint, timestamptz, text) owner to primary_conect_owner;
revoke all on function practice.advance(text, text, bigint, bigint, timestamptz, text) from public;
comment on function practice.advance(text, text, bigint, bigint, timestamptz, text) is
    'Compare-and-set of a checkpoint, the first statement of each projection transaction: holds the row, so of two projectors one waits and is then refused (40001), as is one that works with other practices than the views are made with.';
