create table reprise.operator_audit (
    seq bigint generated always as identity primary key,
    at timestamptz not null,
    actor text not null,
    verb text not null,
    target text not null,
    details jsonb not null default '{}'
);

create index operator_audit_by_target on reprise.operator_audit (target, seq);
