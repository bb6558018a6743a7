create table reprise.dead_letter (
    dead_letter_id text collate "C" primary key,
    seq bigint generated always as identity unique,
    trigger text not null,
    topic text not null,
    topic_id text not null,
    partition int not null,
    record_offset bigint not null,
    record_timestamp timestamptz not null,
    record_key bytea,
    record_value bytea,
    headers jsonb not null default '[]',
    code text not null,
    message text not null,
    errors jsonb not null default '[]',
    fingerprint text not null,
    status text not null default 'OPEN' check (status in ('OPEN', 'REPLAYED', 'DISCARDED')),
    attempts int not null default 1,
    reason text,
    run_id text collate "C",
    created_at timestamptz not null,
    resolved_at timestamptz,
    resolved_by text,
    unique (trigger, topic_id, partition, record_offset)
);

create index dead_letter_by_status on reprise.dead_letter (status, seq);
create index dead_letter_by_trigger on reprise.dead_letter (trigger, seq);
create index dead_letter_by_fingerprint on reprise.dead_letter (fingerprint, seq);
