create or replace function practice.unsay_encounters(practices text[], encounters text[]) returns void
    language plpgsql volatile parallel unsafe set search_path = pg_catalog, pg_temp
as $$
begin
    -- Numbers stay without gaps, and a reader of the old line is told to look at the patient again.
    update practice.change c
    set type = 'patient.updated', encounter_ref = null, hospital = null, class = null, happened_at = null
    from unnest(practices, encounters) as u (practice, encounter)
    where c.practice = u.practice and c.encounter_ref = u.encounter;
    delete from practice.delivery d
    using unnest(practices, encounters) as u (practice, encounter)
    where d.practice = u.practice and d.encounter_ref = u.encounter;
end
$$;
alter function practice.unsay_encounters(text[], text[]) owner to primary_conect_owner;
revoke all on function practice.unsay_encounters(text[], text[]) from public;
comment on function practice.unsay_encounters(text[], text[]) is
    'Takes encounters that have come to be withheld out of what the practices were told of them, and out of what is still to be told to webhooks.';
