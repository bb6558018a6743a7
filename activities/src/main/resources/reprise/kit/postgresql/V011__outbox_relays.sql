-- The relays that are alive, so that each knows its fair share of the shards.
create table outbox_relay (
    relay_id   text primary key,
    seen_until timestamptz not null
);
