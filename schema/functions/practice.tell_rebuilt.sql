create or replace function practice.tell_rebuilt() returns void
    language plpgsql volatile parallel unsafe set search_path = pg_catalog, pg_temp
as $$
declare
    practices text[] := array(
        select c.practice from practice.counter c
        union
        select distinct e.practice from practice.encounter e where e.practice <> 'UNKNOWN'
        order by 1);
    nothing text[] := array_fill(null::text, array[cardinality(practices)]);
    gone_practices text[];
    gone text[];
begin
    -- What is withheld since then: no line may name an encounter that stands nowhere any more.
    select array_agg(c.practice), array_agg(c.encounter_ref) into gone_practices, gone
    from (select distinct practice, encounter_ref from practice.change where encounter_ref is not null) c
    where not exists (select from practice.encounter e where e.practice = c.practice and e.encounter_ref = c.encounter_ref);
    if gone is not null then perform practice.unsay_encounters(gone_practices, gone); end if;
    perform practice.tell_changes(
        practices, array_fill('views.rebuilt'::text, array[cardinality(practices)]), nothing, nothing, nothing, nothing,
        array_fill('all'::text, array[cardinality(practices)]),
        array_fill(null::timestamptz, array[cardinality(practices)]),
        array_fill(transaction_timestamp(), array[cardinality(practices)]));
end
$$;
alter function practice.tell_rebuilt() owner to primary_conect_owner;
revoke all on function practice.tell_rebuilt() from public;
comment on function practice.tell_rebuilt() is
    'Tells each practice that its rows have been made anew; called in the transaction that swaps them in. The journal keeps what it told before, but for encounters that stand nowhere any more.';
