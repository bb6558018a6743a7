-- What became of the records of a day: all that was committed to the log between first_offset and next_offset is one of these.
-- The day is that of the event where it is known, else that of the record.
create table reprise_kit.stream_count (
    stream     text collate "C" not null,
    topic_id   uuid             not null,
    log        smallint         not null,
    partition  int              not null,
    day        date             not null,
    loaded     bigint           not null default 0,
    late       bigint           not null default 0,
    aside      bigint           not null default 0,
    dropped    bigint           not null default 0,
    filtered   bigint           not null default 0,
    tombstones bigint           not null default 0,
    dead       bigint           not null default 0,
    replayed   bigint           not null default 0,
    late_at    timestamptz,
    primary key (stream, topic_id, log, partition, day)
);
