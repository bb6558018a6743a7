-- What a backfill does about each slot, and why. The place says in which order.
create table reprise.backfill_slot (
    backfill_id text collate "C" not null references reprise.backfill on delete cascade,
    slot text collate "C" not null,
    place int not null,
    why text not null,
    state text not null check (state in ('PLANNED', 'RUNNING', 'DONE', 'FAILED', 'CANCELLED', 'SKIPPED')),
    run_id text collate "C",
    error text,
    started_at timestamptz,
    ended_at timestamptz,
    primary key (backfill_id, slot)
);

create unique index backfill_slot_by_place on reprise.backfill_slot (backfill_id, place);
create index backfill_slot_by_state on reprise.backfill_slot (backfill_id, state, place);
