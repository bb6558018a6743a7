create table reprise.subscription (
    trigger text primary key,
    topic text not null,
    order_rule text not null check (order_rule in ('per-key', 'start-order', 'none')),
    paused boolean not null default false,
    paused_reason text,
    paused_by text,
    state text not null,
    last_error text,
    lag jsonb not null default '[]',
    updated_at timestamptz not null
);
