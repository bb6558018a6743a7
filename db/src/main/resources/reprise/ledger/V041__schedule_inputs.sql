-- The digest of the input that each slot of a pipeline was last made from: another digest means that the slot is stale.
create table reprise.slot_input (
    pipeline text collate "C" not null,
    slot text collate "C" not null,
    digest text not null,
    seen_at timestamptz not null,
    run_id text collate "C",
    primary key (pipeline, slot)
);

create index slot_input_by_age on reprise.slot_input (seen_at);
