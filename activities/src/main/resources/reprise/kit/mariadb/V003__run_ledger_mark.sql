-- How far a ledger had accepted when this database last heard of it: a ledger behind its own mark was restored.
create table reprise_kit_ledger_mark (
    ledger_id  char(36)    character set ascii collate ascii_bin primary key,
    high_water bigint      not null,
    updated_at datetime(6) not null
) engine = InnoDB;
