-- One row for each step key, written in the step's own transaction. Times are UTC, as in 2026-11-20T10:00:00Z.
create table reprise_kit_fence (
    step_key     text    not null primary key,
    workflow_id  text    not null,
    run_id       text    not null,
    started_on   text    not null,
    step_id      text    not null,
    `position`   integer not null,
    state        text    not null check (state in ('RUNNING', 'DONE', 'FENCED', 'COMPENSATED')),
    request_hash text,
    result       text,
    attempt      integer,
    worker       text,
    `rows`       integer,
    started_at   text,
    done_at      text,
    undo_attempt integer,
    undo_worker  text,
    undone_at    text
);
