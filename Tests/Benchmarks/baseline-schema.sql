-- The baseline's tables: the same columns, types and indexes as the log's, without its guards, its function and its lock.
create schema if not exists bench;
create table bench.message (like event_log.message including all);
create table bench.event (like event_log.event including all);
create sequence bench.place cache 1000;
