-- The service writes who looks, and then reads the rows of that one practice (see policies/). It cannot read the log,
-- the projector's memory, the key of the refs or the access records. The twins are named because a swap makes them live.
grant usage on schema practice, audit to primary_conect_service;
grant select on practice.encounter, practice.encounter_shadow, practice.feed, practice.feed_shadow to primary_conect_service;
grant select on practice.registration, practice.registration_shadow to primary_conect_service;
grant execute on function audit.open_access(text, text, text, text, text, text, text) to primary_conect_service;
grant execute on function audit.record_shown(text[]) to primary_conect_service;
grant execute on function audit.record_denial(text, text, text, text, text, text, text, text) to primary_conect_service;
grant execute on function audit.current_practice() to primary_conect_service;
