-- Events that wait for the broker, in the order in which they are read: by shard, then by id.
create table reprise_kit.outbox (
    id            bigint generated always as identity,
    shard         smallint     not null,
    topic         varchar(255) not null,
    `key`         varchar(512) not null,
    version       bigint       not null,
    event_id      varchar(700) not null unique,
    payload       varchar      not null,
    created_at    timestamp(6) with time zone not null,
    attempts      int          not null default 0,
    last_error    varchar,
    blocked_until timestamp(6) with time zone,
    primary key (shard, id)
);
