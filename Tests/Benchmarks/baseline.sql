with place as (select nextval('bench.place') as n),
message as (
    insert into bench.message (log, position, recorded_at, event_count, control_id_reused, control_id, sender, digest, salt, trigger, disposition, answer, received_from, bytes)
    select 'UNLISTED', n, now(), 1, false, 'LTRP3' || lpad(n::text, 9, '0'), 'PAS|RXX01',
           sha256(n::text::bytea), '\x00112233445566778899aabbccddeeff', 'ADT^A01', 'read', 'AA', '127.0.0.1',
           convert_to(rpad('MSH|^~\&|PAS|RXX01|TIE|RXX|20260101000000+0000||ADT^A01^ADT_A01|LTRP3' || n, 890, 'PID|1||9995935015^^^NHS^NH~RXX0000000^^^RXX^MR||Jackson^David^Alan'), 'UTF8')
    from place returning position)
insert into bench.event (log, position, recorded_at, occurred_at, message_position, stream, type, leaf_hash, salt, payload)
select 'UNLISTED', position, now(), now(), position, 'encounter=RXX|SPTRP3' || position, 'encounter.admitted.v1',
       sha256(position::text::bytea), '\x00112233445566778899aabbccddeeff',
       rpad('{"encounter":{"admission_method":"21","number":"SPTRP3' || position, 600, '","patient":{"born":"1968-09-21","family":"Jackson","given":["David","Alan"]')
from message;
