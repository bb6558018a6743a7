create table reprise.backfill (
    backfill_id text collate "C" primary key,
    seq bigint generated always as identity unique,
    pipeline text collate "C" not null,
    from_slot text collate "C" not null,
    to_slot text collate "C" not null,
    policy text not null check (policy in ('none', 'failed', 'all')),
    slot_order text not null check (slot_order in ('newest', 'oldest')),
    parallel int not null check (parallel >= 1),
    definition_rule text not null check (definition_rule in ('current', 'as-of')),
    definition_hash text collate "C",
    parameters json not null,
    steps text[] not null default '{}',
    state text not null check (state in ('RUNNING', 'PAUSED', 'CANCELLED', 'DONE')),
    state_reason text,
    created_by text not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    ended_at timestamptz,
    constraint backfill_ends_with_its_state check ((ended_at is not null) = (state in ('CANCELLED', 'DONE')))
);

create index backfill_by_pipeline on reprise.backfill (pipeline, seq);
create index backfill_by_state on reprise.backfill (state, seq);
create index backfill_by_end on reprise.backfill (ended_at) where ended_at is not null;
create index backfill_by_definition on reprise.backfill (definition_hash) where definition_hash is not null;
