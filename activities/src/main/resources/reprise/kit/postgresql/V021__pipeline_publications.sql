-- Which step published the rows of a scope last, and the newest generation that ever did. Versions only rise.
create table reprise_kit.publication (
    scope_id     text collate "C" not null primary key,
    target       text collate "C" not null,
    scope        text not null,
    version      bigint not null,
    step_key     text collate "C",
    workflow_id  text collate "C",
    generation   int not null,
    published_at timestamptz not null
);
