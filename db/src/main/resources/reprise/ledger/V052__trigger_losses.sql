-- Offsets that Kafka deleted before the trigger read them, the last one excluded. They are never forgotten.
create table reprise.trigger_loss (
    trigger text not null,
    topic_id text not null,
    partition int not null,
    from_offset bigint not null,
    to_offset bigint not null check (to_offset > from_offset),
    found_at timestamptz not null,
    primary key (trigger, topic_id, partition, from_offset)
);
