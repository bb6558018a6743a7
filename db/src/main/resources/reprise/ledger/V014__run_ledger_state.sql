-- Who this ledger is and how far it got. The kits keep copies of the high-water mark: a ledger behind one of them was
-- restored from a backup and starts nothing new until somebody accepts that.
create table reprise.ledger_state (
    only_row boolean primary key default true check (only_row),
    ledger_id uuid not null default gen_random_uuid(),
    accepted_high_water bigint not null default 0,
    restored_behind bigint,
    restored_noticed_at timestamptz
);

insert into reprise.ledger_state default values;
