-- One row for each step key, written in the step's own transaction. Keys are compared as bytes, so that a run's fences are
-- one range of the primary key. Times are UTC.
create table reprise_kit_fence (
    step_key     varchar(512) character set utf8mb4 collate utf8mb4_nopad_bin primary key,
    workflow_id  varchar(512) character set utf8mb4 collate utf8mb4_nopad_bin not null,
    run_id       varchar(255) not null,
    started_on   date         not null,
    step_id      varchar(255) not null,
    `position`   int          not null,
    state        varchar(16)  not null check (state in ('RUNNING', 'DONE', 'FENCED', 'COMPENSATED')),
    request_hash char(64),
    result       longtext,
    attempt      int,
    worker       varchar(255),
    `rows`       bigint,
    started_at   datetime(6),
    done_at      datetime(6),
    undo_attempt int,
    undo_worker  varchar(255),
    undone_at    datetime(6),
    seen         int          not null default 0
) engine = InnoDB default character set utf8mb4;
