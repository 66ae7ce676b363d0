-- The roles of the database cluster. They outlive a database, so each is made only where it is missing.
--
-- primary_conect_owner owns every schema and cannot log in: no process can drop a guard, a policy or a function. Each
-- process logs in as its own role; how it proves who it is (peer, certificate, SCRAM) is the site's affair, so none has
-- a password here. What each may do stands in grants/<role>.sql; the matrix is in README.md.

do $roles$
declare
    role_name text;
begin
    foreach role_name in array array['owner', 'ingest', 'projector', 'service', 'auditor', 'monitor'] loop
        role_name := 'primary_conect_' || role_name;
        begin
            execute format('create role %I nosuperuser nocreatedb nocreaterole nobypassrls noreplication %s', role_name,
                           case when role_name = 'primary_conect_owner' then 'nologin' else 'login' end);
        exception when duplicate_object or unique_violation then
            null; -- another database of this cluster has made it, perhaps just now
        end;
    end loop;
end
$roles$;

comment on role primary_conect_owner is 'Owns the schemas of Primary Conect; cannot log in.';
comment on role primary_conect_ingest is 'Appends to the log, and reads nothing.';
comment on role primary_conect_projector is 'Reads the log, writes the views of the practices.';
comment on role primary_conect_service is 'Reads the views within an access record it must write first.';
comment on role primary_conect_auditor is 'Reads everything, writes nothing.';
comment on role primary_conect_monitor is 'Reads counts, times and codes; no patient data.';

-- A receipt promises that the commit is on disk, whatever the cluster's default.
alter role primary_conect_ingest set synchronous_commit = on;
-- An open transaction holds back vacuum; none of ours thinks for half a minute.
alter role primary_conect_service set idle_in_transaction_session_timeout = '30s';
alter role primary_conect_monitor set idle_in_transaction_session_timeout = '30s';
