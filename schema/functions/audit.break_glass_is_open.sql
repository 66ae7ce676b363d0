create or replace function audit.break_glass_is_open(practice text, break_glass uuid, subject text, role text, client text)
    returns boolean
    language sql stable security definer parallel restricted set search_path = pg_catalog, pg_temp
as $$
    select exists (
        select from audit.break_glass g
        where g.practice = break_glass_is_open.practice
          and g.id = break_glass_is_open.break_glass
          and g.subject = break_glass_is_open.subject
          and g.role = break_glass_is_open.role
          and g.client = break_glass_is_open.client
          and transaction_timestamp() < g.until)
$$;
alter function audit.break_glass_is_open(text, uuid, text, text, text) owner to primary_conect_owner;
revoke all on function audit.break_glass_is_open(text, uuid, text, text, text) from public;
comment on function audit.break_glass_is_open(text, uuid, text, text, text) is
    'Whether this grant opens this practice to this very subject, role and client now.';
