-- What the steps of runs said to databases, and how long that took. Parameters that are secrets are masked before they get
-- here.
create table reprise.run_statement (
    run_id text collate "C" not null,
    logged_on date not null,
    seq bigint generated always as identity,
    logged_at timestamptz not null,
    step_id text not null,
    undo boolean not null,
    attempt int not null,
    position int not null,
    statement text not null,
    parameters json not null,
    rows bigint,
    millis bigint not null,
    plan text,
    error text,
    primary key (run_id, seq, logged_on)
) partition by range (logged_on);
