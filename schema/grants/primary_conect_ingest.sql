-- Ingest appends to the log by the one function that can, and reads nothing: not even what it has written.
grant usage on schema event_log to primary_conect_ingest;
grant execute on function event_log.append(
    text, bigint, timestamptz, bytea, bigint[], integer[], boolean[], text[], text[], bytea[], bytea[], text[], text[],
    text[], text[], text[], bytea[], timestamptz[], bigint[], text[], text[], bytea[], bytea[], text[])
    to primary_conect_ingest;
