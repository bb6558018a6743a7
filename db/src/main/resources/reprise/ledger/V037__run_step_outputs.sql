-- What a step handed to those after it: small scalars by name.
alter table reprise.run_step add column outputs json;
