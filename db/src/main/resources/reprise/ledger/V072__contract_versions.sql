-- Which schema each version of a subject is. One that was deleted softly is still read by whoever knows it.
create table reprise.contract_version (
    subject text collate "C" not null references reprise.contract_subject,
    version integer not null check (version > 0),
    schema_id integer not null references reprise.contract_schema,
    registered_at timestamptz not null,
    deleted_at timestamptz,
    primary key (subject, version)
);

create unique index contract_version_once on reprise.contract_version (subject, schema_id) where deleted_at is null;
create index contract_version_by_schema on reprise.contract_version (schema_id);
