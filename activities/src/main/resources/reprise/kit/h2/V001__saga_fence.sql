create schema if not exists reprise_kit;

-- One row for each step key, written in the step's own transaction, whose number it keeps.
create table reprise_kit.fence (
    step_key       varchar(512) primary key,
    workflow_id    varchar(512) not null,
    run_id         varchar(255) not null,
    started_on     date         not null,
    step_id        varchar(255) not null,
    `position`     int          not null,
    state          varchar(16)  not null check (state in ('RUNNING', 'DONE', 'FENCED', 'COMPENSATED')),
    request_hash   char(64),
    result         varchar,
    attempt        int,
    worker         varchar(255),
    `rows`         bigint,
    started_at     timestamp(6) with time zone,
    done_at        timestamp(6) with time zone,
    undo_attempt   int,
    undo_worker    varchar(255),
    undone_at      timestamp(6) with time zone,
    transaction_id varchar(64)
);
