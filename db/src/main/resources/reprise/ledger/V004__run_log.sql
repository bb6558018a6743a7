create table reprise.run_log (
    run_id text collate "C" not null,
    logged_on date not null,
    seq bigint generated always as identity,
    logged_at timestamptz not null,
    step_id text,
    level text not null check (level in ('DEBUG', 'INFO', 'WARN', 'ERROR')),
    message text not null,
    primary key (run_id, seq, logged_on)
) partition by range (logged_on);
