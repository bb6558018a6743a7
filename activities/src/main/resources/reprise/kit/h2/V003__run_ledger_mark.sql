-- How far a ledger had accepted when this database last heard of it: a ledger behind its own mark was restored.
create table reprise_kit.ledger_mark (
    ledger_id  uuid primary key,
    high_water bigint not null,
    updated_at timestamp(6) with time zone not null
);
