-- The tables that the engine made for runs, and until when they are kept. "filled" says that one had rows when it was last
-- written: an unlogged one is empty after a crash.
create table reprise_kit.stage (
    stage_table text collate "C" not null primary key,
    workflow_id text collate "C" not null,
    generation  int not null,
    alias       text collate "C" not null,
    made_at     timestamptz not null,
    keep_until  timestamptz not null,
    filled      smallint not null
);

create index stage_by_run on reprise_kit.stage (workflow_id, alias, generation);
