-- Dead letters that were loaded after all: a letter whose record left no row would otherwise be counted each time it is replayed.
create table reprise_kit.stream_replay (
    stream        text collate "C" not null,
    topic_id      uuid             not null,
    log           smallint         not null,
    partition     int              not null,
    record_offset bigint           not null,
    replayed_at   timestamptz      not null,
    primary key (stream, topic_id, log, partition, record_offset)
);
-- Another log of the topic counts now: whoever still believes in this one finds its checkpoint closed.
alter table reprise_kit.stream_checkpoint add column closed_at timestamptz;
