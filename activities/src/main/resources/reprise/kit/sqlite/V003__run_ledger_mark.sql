-- How far a ledger had accepted when this database last heard of it: a ledger behind its own mark was restored.
create table reprise_kit_ledger_mark (
    ledger_id  text    not null primary key,
    high_water integer not null,
    updated_at text    not null
);
