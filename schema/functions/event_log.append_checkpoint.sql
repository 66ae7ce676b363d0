create or replace function event_log.append_checkpoint(
    log_name text, new_size bigint, new_root bytea, new_range bytea, signed_note text, new_signed_at timestamptz,
    first_subtree bigint, subtrees bytea[]
) returns boolean
    language plpgsql volatile parallel unsafe security definer
    set search_path = pg_catalog, pg_temp
    set enable_seqscan = off
as $$
declare
    head_position bigint;
    newest        bigint;
begin
    -- Of two that sign at once, one comes first.
    perform pg_advisory_xact_lock(hashtextextended('event_log.checkpoint ' || log_name, 0));
    select h.position into head_position from event_log.head h where h.log = log_name;
    select coalesce(max(c.size), 0) into newest from event_log.checkpoint c where c.log = log_name;
    if new_size > coalesce(head_position, 0) then
        raise exception 'a checkpoint beyond the log' using errcode = 'insufficient_privilege';
    end if;
    if new_size <= newest then return false; end if;
    if first_subtree <> newest / 1024 or first_subtree + cardinality(subtrees) <> new_size / 1024 then
        raise exception 'not the subtrees between two checkpoints' using errcode = 'insufficient_privilege';
    end if;
    insert into event_log.subtree (log, number, hash)
    select log_name, first_subtree + s.place - 1, s.hash from unnest(subtrees) with ordinality as s (hash, place);
    insert into event_log.checkpoint (log, size, root, range, note, signed_at)
    values (log_name, new_size, new_root, new_range, signed_note, new_signed_at);
    return true;
end
$$;
alter function event_log.append_checkpoint(text, bigint, bytea, bytea, text, timestamptz, bigint, bytea[])
    owner to primary_conect_owner;
revoke all on function event_log.append_checkpoint(text, bigint, bytea, bytea, text, timestamptz, bigint, bytea[]) from public;
comment on function event_log.append_checkpoint(text, bigint, bytea, bytea, text, timestamptz, bigint, bytea[]) is
    'Keeps a signed checkpoint and the roots of the subtrees of 1,024 leaves that are full since the one before. False, and '
    'nothing is written, if there is one of this size or a greater one.';
