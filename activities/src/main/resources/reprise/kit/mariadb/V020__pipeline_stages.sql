-- The tables that the engine made for runs, and until when they are kept. "filled" says that one had rows when it was last
-- written: an unlogged one is empty after a crash.
create table reprise_kit_stage (
    stage_table varchar(512) character set utf8mb4 collate utf8mb4_nopad_bin not null primary key,
    workflow_id varchar(512) character set utf8mb4 collate utf8mb4_nopad_bin not null,
    generation  int not null,
    alias       varchar(100) character set utf8mb4 collate utf8mb4_nopad_bin not null,
    made_at     datetime(6) not null,
    keep_until  datetime(6) not null,
    filled      smallint not null
) engine = InnoDB default character set utf8mb4;

create index reprise_kit_stage_by_run on reprise_kit_stage (workflow_id, alias, generation);
