-- Every schema that was ever registered, under a number that no other schema ever gets: records name their schema by it for
-- as long as they are kept. The hash is the SHA-256 of the text, which is written one way only.
create table reprise.contract_schema (
    id integer generated always as identity primary key,
    guid uuid not null unique,
    hash text collate "C" not null unique check (hash ~ '^[0-9a-f]{64}$'),
    text text not null,
    created_at timestamptz not null
);
