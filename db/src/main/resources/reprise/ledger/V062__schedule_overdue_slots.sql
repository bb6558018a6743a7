-- Slots that were not done by the hour that their pipeline promises. A row is made once, by whoever tells of it.
create table reprise.overdue_slot (
    pipeline text collate "C" not null,
    slot text collate "C" not null,
    due_at timestamptz not null,
    told_at timestamptz not null,
    primary key (pipeline, slot)
);

create index overdue_slot_by_age on reprise.overdue_slot (told_at);
