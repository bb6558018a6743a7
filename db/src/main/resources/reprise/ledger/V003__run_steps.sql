-- A projection of the step facts beside the fences, and so without the rule that its run must exist.
create table reprise.run_step (
    run_id text collate "C" not null,
    started_on date not null,
    step_id text not null,
    position int not null,
    forward text not null
        check (forward in ('QUEUED', 'RUNNING', 'WAITING', 'STUCK', 'SUCCEEDED', 'FAILED', 'CANCELLED')),
    compensation text not null check (compensation in ('NONE', 'RUNNING', 'STUCK', 'DONE', 'PARTIAL')),
    attempts int not null default 0,
    undo_attempts int not null default 0,
    rows bigint,
    mode text check (mode in ('LOCAL', 'REGULAR')),
    worker text,
    error text,
    started_at timestamptz,
    ended_at timestamptz,
    undo_started_at timestamptz,
    undo_ended_at timestamptz,
    primary key (run_id, started_on, step_id)
) partition by range (started_on);
