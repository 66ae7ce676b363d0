-- Makes the refs as Sources/Projections/Projecting/ReferenceKey.swift does (a test holds the two equal), so that the
-- auditor finds every look at a person, also where no row of a view is left.
create or replace function audit.patient_refs(hospitals text[], patients text[])
    returns table (practice text, ref text)
    language plpgsql stable parallel restricted security definer rows 1000
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
    alphabet constant text := '0123456789abcdefghjkmnpqrstvwxyz';
    key       bytea;
    inner_pad bytea := ''::bytea;
    outer_pad bytea := ''::bytea;
    code      bytea;
    named     text[];
    of_practice text;
    subject   integer;
begin
    if audit.current_practice() is null then
        raise exception 'no access record in this transaction' using errcode = 'insufficient_privilege';
    end if;
    select i.ref_key into key from practice.installation i;
    -- HMAC (RFC 2104) by hand: the key is shorter than a block of 64 bytes, and zeros fill it up.
    for place in 0..63 loop
        subject := case when place < octet_length(key) then get_byte(key, place) else 0 end;
        inner_pad := inner_pad || decode(lpad(to_hex(subject # 54), 2, '0'), 'hex');
        outer_pad := outer_pad || decode(lpad(to_hex(subject # 92), 2, '0'), 'hex');
    end loop;
    -- Every practice that was ever told of somebody, or that somebody looked for: the latter by steps through the key.
    named := array(
        with recursive looked as (
            (select a.practice from audit.access a order by a.practice limit 1)
            union all
            select (select a.practice from audit.access a where a.practice > l.practice order by a.practice limit 1)
            from looked l where l.practice is not null
        )
        select l.practice from looked l where l.practice is not null
        union select c.practice from practice.counter c
        union select v.practice from practice.list_version v
        union select 'UNKNOWN');
    foreach of_practice in array named loop
        for place in 1..coalesce(array_length(patients, 1), 0) loop
            code := sha256(outer_pad || sha256(
                inner_pad || 'pt'::bytea || '\x00'::bytea || convert_to(hospitals[place], 'UTF8') || '\x00'::bytea
                || convert_to(of_practice, 'UTF8') || '\x00'::bytea || convert_to(patients[place], 'UTF8')));
            practice := of_practice;
            ref := 'pt_';
            for letter in 0..12 loop
                ref := ref || substr(
                    alphabet,
                    (((get_byte(code, letter * 5 / 8) << 8 | get_byte(code, letter * 5 / 8 + 1))
                      >> (11 - letter * 5 % 8)) & 31) + 1,
                    1);
            end loop;
            return next;
        end loop;
    end loop;
end
$$;
alter function audit.patient_refs(text[], text[]) owner to primary_conect_owner;
revoke all on function audit.patient_refs(text[], text[]) from public;
comment on function audit.patient_refs(text[], text[]) is
    'The refs under which these patients (hospital and key, side by side) are or were shown at every practice; only within an access record.';
