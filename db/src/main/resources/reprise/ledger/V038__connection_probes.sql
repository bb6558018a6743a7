-- What probes found out about connections: a promise that a step makes is held against the newest one.
create table reprise.connection_probe (
    seq bigint generated always as identity primary key,
    connection text collate "C" not null,
    definition_hash text collate "C" not null,
    guarantee text not null check (guarantee in ('fenced', 'idempotent', 'at-least-once')),
    server text not null,
    probed_at timestamptz not null,
    probed_by text not null,
    findings json not null
);

create index connection_probe_by_connection on reprise.connection_probe (connection, seq);
