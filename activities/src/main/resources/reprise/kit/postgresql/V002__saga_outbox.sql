-- Events that wait for the broker. A relay claims a shard and reads it by id: a key lives in one shard, and its ids
-- grow with its versions because both are drawn while the row that the key stands for is locked.
create table reprise_kit.outbox (
    id            bigint generated always as identity,
    shard         smallint    not null,
    topic         text        not null,
    key           text        not null,
    version       bigint      not null,
    event_id      text        not null unique,
    payload       text        not null,
    created_at    timestamptz not null default clock_timestamp(),
    attempts      int         not null default 0,
    last_error    text,
    blocked_until timestamptz,
    primary key (shard, id)
) with (fillfactor = 90, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500);
