-- Which relay sends which part of the outbox, and until when it may be thought alive.
create table outbox_shard (
    shard        smallint primary key,
    relay_id     text,
    leased_until timestamptz
);
