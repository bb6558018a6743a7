-- Which definition a name had from when to when. The one that nobody removed is current.
create table reprise.applied_definition (
    seq bigint generated always as identity primary key,
    kind text not null,
    name text collate "C" not null,
    hash text collate "C" not null references reprise.definition,
    applied_at timestamptz not null,
    applied_by text not null,
    removed_at timestamptz,
    removed_by text
);

create unique index applied_definition_current on reprise.applied_definition (kind, name) where removed_at is null;
create index applied_definition_by_name on reprise.applied_definition (kind, name, seq);
create index applied_definition_by_hash on reprise.applied_definition (hash);
create index applied_definition_by_removal on reprise.applied_definition (removed_at) where removed_at is not null;
