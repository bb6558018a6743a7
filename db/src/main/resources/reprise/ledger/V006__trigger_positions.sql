-- The next offset that a trigger will accept. It moves by compare-and-set inside the transaction that accepts the records
-- before it, so a redelivered batch and a consumer that lost its partition both come too late.
create table reprise.trigger_position (
    trigger text not null,
    topic_id text not null,
    partition int not null,
    next_offset bigint not null check (next_offset >= 0),
    updated_at timestamptz not null,
    primary key (trigger, topic_id, partition)
);
