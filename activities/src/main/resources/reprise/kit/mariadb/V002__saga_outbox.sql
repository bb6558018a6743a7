-- Events that wait for the broker, in the order in which they are read: by shard, then by id.
create table reprise_kit_outbox (
    id            bigint       not null auto_increment unique,
    shard         smallint     not null,
    topic         varchar(255) not null,
    `key`         varchar(512) character set utf8mb4 collate utf8mb4_nopad_bin not null,
    version       bigint       not null,
    event_id      varchar(700) character set utf8mb4 collate utf8mb4_nopad_bin not null unique,
    payload       longtext     not null,
    created_at    datetime(6)  not null,
    attempts      int          not null default 0,
    last_error    text,
    blocked_until datetime(6),
    primary key (shard, id)
) engine = InnoDB default character set utf8mb4;
