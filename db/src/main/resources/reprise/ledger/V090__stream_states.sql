-- What a stream's loader says of itself, and what operators decided. Its checkpoints lie with its tables.
create table reprise.stream_state (
    stream text primary key,
    topic text not null,
    connection text not null,
    paused boolean not null default false,
    paused_reason text,
    paused_by text,
    log_number int not null default 1,
    go_on_from text check (go_on_from in ('BEGINNING', 'END', 'TABLE')),
    stop_reason text,
    stop_asks_where boolean not null default false,
    exchanged int[] not null default '{}',
    state text not null,
    last_error text,
    lag jsonb not null default '[]',
    updated_at timestamptz not null
);
