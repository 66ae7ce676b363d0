create or replace function practice.standing()
    returns table (log text, head bigint, projected bigint, told_through timestamptz)
    language plpgsql stable parallel restricted security definer rows 10
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
    -- How much another practice does is not for a stranger to know: hospitals' logs, and one's own.
    return query
        select h.log, h.position, coalesce(c.position, 0), c.told_through
        from event_log.head h
        left join practice.checkpoint c on c.hospital = h.log and c.projection = 'practice'
        where audit.current_practice() is not null
          and (h.log !~ '^[A-Z][0-9]{5}$' or h.log = audit.current_practice())
        order by h.log;
end
$$;
alter function practice.standing() owner to primary_conect_owner;
revoke all on function practice.standing() from public;
comment on function practice.standing() is
    'Where the hospitals'' logs and the practice''s own end, and how far the views are; counts only, and only within an '
    'access record.';
