-- Keys that a refused event holds back are looked up with every read of a shard.
create index outbox_blocked on outbox (shard, key) where blocked_until is not null;
