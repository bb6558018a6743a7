-- sold counts what orders took, whatever else moves on_hand: it can be compared with the event log.
create table shop.inventory (
    sku      text collate "C" primary key,
    on_hand  bigint not null check (on_hand >= 0),
    reserved bigint not null default 0 check (reserved >= 0),
    sold     bigint not null default 0 check (sold >= 0),
    check (reserved <= on_hand)
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02);
