-- Who is whom: the few events that a projector reads again whenever it starts.
set role primary_conect_owner;

create index event_identity_idx on event_log.event (log, position)
    where type in ('encounter.merged.v1', 'encounter.renumbered.v1', 'patient.merged.v1', 'patient.moved.v1',
                   'patient.renumbered.v1', 'patient.unmerged.v1');

reset role;
