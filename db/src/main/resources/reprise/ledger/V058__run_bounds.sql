-- How many runs of one pipeline, and of one key of it, may be open at once. A bounded run waits, in its turn, until it is
-- admitted; the others are admitted from the start.
alter table reprise.run
    add column bound_group text collate "C",
    add column group_open int check (group_open >= 1),
    add column bound_key text collate "C",
    add column key_open int check (key_open >= 1),
    add column turn text collate "C" not null default '',
    add column admitted boolean not null default true,
    add constraint run_is_bounded_whole check ((bound_group is null) = (bound_key is null));

create index run_queued_admitted on reprise.run (seq) where forward = 'QUEUED' and admitted;
create index run_waiting_by_turn on reprise.run (bound_group, bound_key, turn, seq)
    where forward = 'QUEUED' and not admitted;
create index run_open_of_bound on reprise.run (bound_group, bound_key)
    where ended_at is null and admitted and bound_group is not null;
create index run_unended_turn on reprise.run (bound_group, bound_key, turn) where ended_at is null and turn <> '';
