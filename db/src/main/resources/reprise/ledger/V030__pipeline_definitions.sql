-- Every definition that was ever applied, in full: what a run was accepted with, and what people read later. The hash is
-- the SHA-256 of the text.
create table reprise.definition (
    hash text collate "C" primary key check (hash ~ '^[0-9a-f]{64}$'),
    kind text not null,
    name text collate "C" not null,
    text text not null,
    created_at timestamptz not null
);
