-- Which record started which run, kept longer than Temporal and Kafka remember.
create table reprise.inbox (
    trigger text not null,
    topic_id text not null,
    partition int not null,
    record_offset bigint not null,
    run_id text collate "C" not null,
    started_on date not null,
    received_on date not null,
    primary key (trigger, topic_id, partition, record_offset, received_on)
) partition by range (received_on);
