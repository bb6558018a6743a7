create table reprise.audit_report (
    report_id text collate "C" primary key,
    kind text not null check (kind in ('all', 'orders')),
    state text not null check (state in ('REQUESTED', 'RUNNING', 'DONE', 'FAILED')),
    requested_by text not null,
    requested_at timestamptz not null,
    claimed_by text,
    claimed_until timestamptz,
    ended_at timestamptz,
    checked bigint not null default 0,
    disagreements bigint not null default 0,
    error text
);

create index audit_report_unended on reprise.audit_report (requested_at) where ended_at is null;
