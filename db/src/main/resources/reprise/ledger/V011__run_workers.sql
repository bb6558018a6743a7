create table reprise.worker (
    worker_id text primary key,
    started_at timestamptz not null,
    heartbeat_at timestamptz not null,
    build text not null,
    task_queues text[] not null,
    kafka text not null,
    temporal text not null,
    shop_db text not null,
    seeded boolean not null
);
