create or replace function event_log.subtree_hashes(of_log text, subtree_count bigint) returns bytea
    language sql stable parallel safe security definer
    set search_path = pg_catalog, pg_temp
    set enable_seqscan = off
as $$
    select coalesce(string_agg(s.hash, ''::bytea order by s.number), ''::bytea)
    from event_log.subtree s where s.log = of_log and s.number < subtree_count
$$;
alter function event_log.subtree_hashes(text, bigint) owner to primary_conect_owner;
revoke all on function event_log.subtree_hashes(text, bigint) from public;
comment on function event_log.subtree_hashes(text, bigint) is
    'The roots of the first subtrees of 1,024 leaves of a log, one after the other: for proofs.';
