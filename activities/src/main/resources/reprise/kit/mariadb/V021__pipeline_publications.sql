-- Which step published the rows of a scope last, and the newest generation that ever did. Versions only rise.
create table reprise_kit_publication (
    scope_id     varchar(64) character set utf8mb4 collate utf8mb4_nopad_bin not null primary key,
    target       varchar(512) character set utf8mb4 collate utf8mb4_nopad_bin not null,
    scope        longtext not null,
    version      bigint not null,
    step_key     varchar(512) character set utf8mb4 collate utf8mb4_nopad_bin,
    workflow_id  varchar(512) character set utf8mb4 collate utf8mb4_nopad_bin,
    generation   int not null,
    published_at datetime(6) not null
) engine = InnoDB default character set utf8mb4;
