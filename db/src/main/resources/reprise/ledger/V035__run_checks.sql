-- What the checks of runs found: how many rows offend, and the first of them.
create table reprise.run_check (
    run_id text collate "C" not null,
    logged_on date not null,
    seq bigint generated always as identity,
    logged_at timestamptz not null,
    step_id text not null,
    attempt int not null,
    check_name text not null,
    offending bigint not null check (offending >= 0),
    sample json not null,
    primary key (run_id, seq, logged_on)
) partition by range (logged_on);
