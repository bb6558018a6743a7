create table reprise.idempotency_key (
    key text collate "C" primary key,
    request text not null,
    request_hash bytea not null,
    created_at timestamptz not null
);

create index idempotency_key_by_age on reprise.idempotency_key (created_at);
