-- One row for each step key, written in the step's own transaction. Collation C: keys are compared as bytes, so that a
-- run's fences are one range of the primary key.
create table reprise_kit.fence (
    step_key     text collate "C" primary key,
    workflow_id  text     not null,
    run_id       text     not null,
    started_on   date     not null,
    step_id      text     not null,
    position     int      not null,
    state        text     not null check (state in ('RUNNING', 'DONE', 'FENCED', 'COMPENSATED')),
    request_hash bytea,
    result       jsonb,
    attempt      int,
    worker       text,
    rows         bigint,
    started_at   timestamptz,
    done_at      timestamptz,
    undo_attempt int,
    undo_worker  text,
    undone_at    timestamptz
) with (fillfactor = 60, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_insert_scale_factor = 0.1);
