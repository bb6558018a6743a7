-- A step of a run that waits for a record of a topic. The first record that fits answers it, once; its run is woken after
-- that, again and again until somebody did. What a definition wants is JSON, with the values of the run in place.
create table reprise.sensor (
    run_id text collate "C" not null,
    started_on date not null,
    step_id text not null,
    workflow_id text not null,
    topic text not null,
    wanted json not null,
    since timestamptz not null,
    watched_at timestamptz not null,
    ends_at timestamptz not null,
    note text,
    unreadable bigint not null default 0,
    answer json,
    answered_at timestamptz,
    woken_at timestamptz,
    primary key (run_id, step_id)
);

create index sensor_open on reprise.sensor (topic) where answered_at is null;
create index sensor_to_wake on reprise.sensor (answered_at) where answered_at is not null and woken_at is null;
