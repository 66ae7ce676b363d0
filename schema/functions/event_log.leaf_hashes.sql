create or replace function event_log.leaf_hashes(of_log text, first_position bigint, last_position bigint) returns bytea
    language sql stable parallel safe security definer
    set search_path = pg_catalog, pg_temp
    set enable_seqscan = off
as $$
    -- As many as one subtree has at the most.
    select coalesce(string_agg(e.leaf_hash, ''::bytea order by e.position), ''::bytea)
    from event_log.event e
    where e.log = of_log and e.position between first_position and least(last_position, first_position + 1023)
$$;
alter function event_log.leaf_hashes(text, bigint, bigint) owner to primary_conect_owner;
revoke all on function event_log.leaf_hashes(text, bigint, bigint) from public;
comment on function event_log.leaf_hashes(text, bigint, bigint) is
    'The leaves of a log''s tree from one position to another, at most 1,024, one after the other: for proofs. They tell nothing of '
    'what they commit to.';
