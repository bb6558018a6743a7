-- Which definition a run was accepted with; a run of Java code has none.
alter table reprise.run add column definition_hash text collate "C";

create index run_by_definition on reprise.run (definition_hash) where definition_hash is not null;
create index run_unended_by_definition on reprise.run (definition_hash)
    where definition_hash is not null and ended_at is null;
