create or replace function audit.note_polls(
    practices text[], subjects text[], roles text[], clients text[], routes text[], counts bigint[],
    firsts timestamptz[], lasts timestamptz[]
) returns void
    language sql volatile security definer parallel unsafe set search_path = pg_catalog, pg_temp
as $$
    insert into audit.poll (practice, id, subject, role, client, route, polls, first_at, last_at, login)
    select p.practice, gen_random_uuid(), p.subject, p.role, p.client, p.route, p.polls, p.first_at, p.last_at, session_user
    from unnest(practices, subjects, roles, clients, routes, counts, firsts, lasts)
        as p (practice, subject, role, client, route, polls, first_at, last_at)
$$;
alter function audit.note_polls(text[], text[], text[], text[], text[], bigint[], timestamptz[], timestamptz[])
    owner to primary_conect_owner;
revoke all on function audit.note_polls(text[], text[], text[], text[], text[], bigint[], timestamptz[], timestamptz[])
    from public;
comment on function audit.note_polls(text[], text[], text[], text[], text[], bigint[], timestamptz[], timestamptz[]) is
    'Notes polls that were answered "nothing new", one row for each element of the arrays; opens nothing.';
