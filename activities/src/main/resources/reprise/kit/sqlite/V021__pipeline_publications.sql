-- Which step published the rows of a scope last, and the newest generation that ever did. Versions only rise.
create table reprise_kit_publication (
    scope_id     text not null primary key,
    target       text not null,
    scope        text not null,
    version      integer not null,
    step_key     text,
    workflow_id  text,
    generation   integer not null,
    published_at text not null
);
