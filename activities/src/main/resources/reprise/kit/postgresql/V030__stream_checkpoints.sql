-- Up to where a stream has loaded each partition of a log. It moves by compare-and-set in the transaction that loads what lies
-- before it: of two that believe they own a partition, one finds another position and writes nothing.
create table reprise_kit.stream_checkpoint (
    stream       text collate "C" not null,
    topic_id     uuid             not null,
    log          smallint         not null,
    partition    int              not null,
    cluster_id   text             not null,
    topic        text             not null,
    first_offset bigint           not null,
    next_offset  bigint           not null,
    leader_epoch int,
    last_offset  bigint,
    last_digest  text,
    event_micros bigint,
    lost_offsets bigint           not null default 0,
    updated_at   timestamptz      not null,
    primary key (stream, topic_id, log, partition),
    check (next_offset >= first_offset)
);
