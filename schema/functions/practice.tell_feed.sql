create or replace function practice.tell_feed(
    of_hospital text, change_type text, happened timestamptz, told timestamptz
) returns void
    language plpgsql volatile parallel unsafe set search_path = pg_catalog, pg_temp
as $$
declare
    practices text[] := array(
        select distinct e.practice from practice.encounter e
        where e.hospital = of_hospital and e.practice <> 'UNKNOWN' order by 1);
    nothing text[] := array_fill(null::text, array[cardinality(practices)]);
begin
    -- Of no list: what changes is how far the lists can be trusted, and answers say so of themselves.
    perform practice.tell_changes(
        practices, array_fill(change_type, array[cardinality(practices)]), nothing, nothing,
        array_fill(of_hospital, array[cardinality(practices)]), nothing,
        array_fill(''::text, array[cardinality(practices)]),
        array_fill(happened, array[cardinality(practices)]), array_fill(told, array[cardinality(practices)]));
end
$$;
alter function practice.tell_feed(text, text, timestamptz, timestamptz) owner to primary_conect_owner;
revoke all on function practice.tell_feed(text, text, timestamptz, timestamptz) from public;
comment on function practice.tell_feed(text, text, timestamptz, timestamptz) is
    'Tells each practice that has rows of a hospital that its feed fell silent or was heard again; called in the transaction that projects the event.';
