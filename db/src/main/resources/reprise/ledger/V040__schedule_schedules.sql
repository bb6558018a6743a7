-- When pipelines run by themselves. What operators decided (paused) and how far the clock was followed (checked_until)
-- outlive every change of the terms.
create table reprise.schedule (
    pipeline text collate "C" primary key,
    cron text not null,
    zone text not null,
    start_at timestamptz not null,
    missed text not null check (missed in ('all', 'latest', 'none')),
    jitter_millis bigint not null check (jitter_millis >= 0),
    declared_at timestamptz not null,
    removed_at timestamptz,
    paused boolean not null default false,
    paused_reason text,
    paused_by text,
    paused_since timestamptz,
    checked_until timestamptz,
    last_slot text,
    last_run_id text collate "C",
    last_started_at timestamptz,
    late_checked_at timestamptz
);
