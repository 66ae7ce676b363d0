create or replace function practice.advance(
    hospital text, projection text, expected bigint, reached bigint, told_through timestamptz
) returns void
    language plpgsql volatile parallel unsafe set search_path = pg_catalog, pg_temp
as $$
begin
    -- Rows and checkpoint are lost together or not at all, and the log has what they are made from: no need to wait for the disk.
    perform set_config('synchronous_commit', 'off', true);
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
alter function practice.advance(text, text, bigint, bigint, timestamptz) owner to primary_conect_owner;
revoke all on function practice.advance(text, text, bigint, bigint, timestamptz) from public;
comment on function practice.advance(text, text, bigint, bigint, timestamptz) is
    'Compare-and-set of a checkpoint, the first statement of each projection transaction: holds the row, so of two projectors one waits and is then refused (40001).';
