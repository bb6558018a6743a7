-- How far a pipeline that runs after another has followed the other's runs: all up to that seq are accounted for.
create table reprise.schedule_follower (
    pipeline text collate "C" not null,
    followed text collate "C" not null,
    seen_seq bigint not null,
    primary key (pipeline, followed)
);
