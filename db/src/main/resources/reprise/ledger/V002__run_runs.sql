create table reprise.run (
    run_id text collate "C" not null,
    started_on date not null,
    seq bigint generated always as identity,
    workflow_id text collate "C" not null check (length(workflow_id) <= 255),
    workflow_type text not null,
    task_queue text not null,
    feature text not null,
    name text not null,
    slot text,
    generation int not null,
    order_key text,
    order_rule text not null check (order_rule in ('per-key', 'start-order', 'none')),
    source text not null,
    input text not null,
    input_hash bytea not null,
    mode text not null check (mode in ('LOCAL', 'REGULAR')),
    forward text not null
        check (forward in ('QUEUED', 'RUNNING', 'WAITING', 'STUCK', 'SUCCEEDED', 'FAILED', 'CANCELLED')),
    compensation text not null check (compensation in ('NONE', 'RUNNING', 'STUCK', 'DONE', 'PARTIAL')),
    revision int not null default 0,
    reason text,
    failure text,
    stuck_steps text[] not null default '{}',
    temporal_run_id text,
    cancel_requested boolean not null default false,
    cancel_reason text,
    accepted_at timestamptz not null,
    started_at timestamptz,
    ended_at timestamptz,
    updated_at timestamptz not null,
    claimed_by text,
    claimed_until timestamptz,
    start_attempts int not null default 0,
    start_error text,
    primary key (run_id, started_on),
    constraint run_ends_with_both_outcomes check ((ended_at is not null)
        = (forward in ('SUCCEEDED', 'FAILED', 'CANCELLED') and compensation in ('NONE', 'DONE', 'PARTIAL')))
) partition by range (started_on);

create index run_by_seq on reprise.run (seq);
create index run_by_name on reprise.run (feature, name, seq);
create index run_by_slot on reprise.run (slot, seq) where slot is not null;
create index run_queued on reprise.run (seq) where forward = 'QUEUED';
create index run_open on reprise.run (seq) where ended_at is null and forward <> 'QUEUED';
-- What went well is most of the table and needs no index of its own: the newest of it are the newest of all.
create index run_by_outcome on reprise.run (forward, compensation, seq)
    where forward in ('WAITING', 'STUCK', 'FAILED', 'CANCELLED') or compensation <> 'NONE';
create index run_unended_of_key on reprise.run (order_key, seq) where order_key is not null and ended_at is null;
