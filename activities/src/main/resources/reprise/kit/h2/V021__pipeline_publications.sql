-- Which step published the rows of a scope last, and the newest generation that ever did. Versions only rise.
create table reprise_kit.publication (
    scope_id     varchar(64) not null primary key,
    target       varchar(512) not null,
    scope        varchar not null,
    version      bigint not null,
    step_key     varchar(512),
    workflow_id  varchar(512),
    generation   int not null,
    published_at timestamp(6) with time zone not null
);
