-- Events that wait for the broker, in the order in which they are read: by shard, then by id.
create table reprise_kit_outbox (
    id            integer primary key autoincrement,
    shard         integer not null,
    topic         text    not null,
    `key`         text    not null,
    version       integer not null,
    event_id      text    not null unique,
    payload       text    not null,
    created_at    text    not null,
    attempts      integer not null default 0,
    last_error    text,
    blocked_until text
);

create index reprise_kit_outbox_by_shard on reprise_kit_outbox (shard, id);
