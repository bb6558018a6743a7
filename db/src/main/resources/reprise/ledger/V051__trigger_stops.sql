-- A partition whose log is not the one that the trigger read. Nothing of the trigger is read until an operator decides.
create table reprise.trigger_stop (
    trigger text not null,
    topic_id text not null,
    partition int not null,
    position bigint not null,
    log_start bigint not null,
    log_end bigint not null,
    reason text not null,
    stopped_at timestamptz not null,
    primary key (trigger, topic_id, partition)
);
