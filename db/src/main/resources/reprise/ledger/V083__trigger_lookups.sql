-- What somebody wants to know of a trigger's topic and only its reader can ask Kafka: the first offsets that are not older.
create table reprise.trigger_lookup (
    trigger text not null,
    instant timestamptz not null,
    offsets jsonb,
    asked_at timestamptz not null,
    primary key (trigger, instant)
);
