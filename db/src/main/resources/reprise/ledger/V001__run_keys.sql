-- One row for each workflow id that was ever accepted. It stands outside the partitions of run, which could not hold the
-- key unique across each other. A retry takes the next generation by inserting it.
create table reprise.run_key (
    first_id text collate "C" not null,
    generation int not null check (generation between 1 and 9999999),
    run_id text collate "C" not null,
    started_on date not null,
    input_hash bytea not null,
    primary key (first_id, generation)
);

create index run_key_by_day on reprise.run_key (started_on);
