-- The tables that the engine made for runs, and until when they are kept. "filled" says that one had rows when it was last
-- written: an unlogged one is empty after a crash.
create table reprise_kit.stage (
    stage_table varchar(512) not null primary key,
    workflow_id varchar(512) not null,
    generation  int not null,
    alias       varchar(100) not null,
    made_at     timestamp(6) with time zone not null,
    keep_until  timestamp(6) with time zone not null,
    filled      smallint not null
);

create index reprise_kit.stage_by_run on reprise_kit.stage (workflow_id, alias, generation);
