create or replace function audit.review_break_glass(break_glass uuid, reviewer text, outcome text, note text)
    returns text
    language plpgsql volatile security definer parallel unsafe set search_path = pg_catalog, pg_temp
as $$
declare
    grant_row audit.break_glass;
begin
    select g.* into grant_row from audit.break_glass g where g.id = review_break_glass.break_glass;
    if not found then
        return 'unknown';
    end if;
    if grant_row.subject = reviewer then
        return 'own';
    end if;
    insert into audit.break_glass_review (practice, break_glass, at, reviewer, outcome, note, login)
    values (grant_row.practice, grant_row.id, transaction_timestamp(), review_break_glass.reviewer,
            review_break_glass.outcome, review_break_glass.note, session_user)
    on conflict do nothing;
    return case when found then 'reviewed' else 'before' end;
end
$$;
alter function audit.review_break_glass(uuid, text, text, text) owner to primary_conect_owner;
revoke all on function audit.review_break_glass(uuid, text, text, text) from public;
comment on function audit.review_break_glass(uuid, text, text, text) is
    'Records what the review of a broken glass came to: reviewed, before (it has been reviewed), own (nobody reviews their own) or unknown.';
