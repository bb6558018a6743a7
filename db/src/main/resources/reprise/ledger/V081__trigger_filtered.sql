-- Records that were not what the trigger is for, counted in the transaction that moves past them.
alter table reprise.trigger_position add column filtered_records bigint not null default 0;
