-- The tables that the engine made for runs, and until when they are kept. "filled" says that one had rows when it was last
-- written: an unlogged one is empty after a crash.
create table reprise_kit_stage (
    stage_table text not null primary key,
    workflow_id text not null,
    generation  integer not null,
    alias       text not null,
    made_at     text not null,
    keep_until  text not null,
    filled      integer not null
);

create index reprise_kit_stage_by_run on reprise_kit_stage (workflow_id, alias, generation);
