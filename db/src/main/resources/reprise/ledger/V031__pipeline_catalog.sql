-- How often the catalog changed. Whoever applies one moves it by compare-and-set, so that two never mix theirs.
create table reprise.catalog_state (
    only_row boolean primary key default true check (only_row),
    revision bigint not null default 0,
    changed_at timestamptz,
    changed_by text
);

insert into reprise.catalog_state default values;
