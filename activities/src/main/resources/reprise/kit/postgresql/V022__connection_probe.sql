-- Where a probe counts what its steps did.
create table reprise_kit.probe (
    probe_key varchar(100) not null primary key,
    happened  int          not null
);
