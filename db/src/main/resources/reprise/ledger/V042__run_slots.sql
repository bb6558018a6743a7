-- Slots sort as their names do, whatever the locale of the database.
alter table reprise.run alter column slot type text collate "C";

create index run_of_pipeline_by_slot on reprise.run (name, slot, generation desc) where feature = 'pipeline' and slot is not null;
