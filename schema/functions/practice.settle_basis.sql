create or replace function practice.settle_basis(basis text) returns boolean
    language plpgsql volatile security definer parallel unsafe set search_path = pg_catalog, pg_temp
as $$
begin
    -- Views of which nothing is made yet are made with whatever is wanted.
    update practice.installation i set successors = settle_basis.basis
    where i.successors <> settle_basis.basis and not exists (select from practice.checkpoint);
    return exists (select from practice.installation i where i.successors = settle_basis.basis);
end
$$;
alter function practice.settle_basis(text) owner to primary_conect_owner;
revoke all on function practice.settle_basis(text) from public;
comment on function practice.settle_basis(text) is
    'Whether the views are made with these closed practices and this policy of what is sensitive; an empty installation takes them on. Where it is false only a rebuild does.';
