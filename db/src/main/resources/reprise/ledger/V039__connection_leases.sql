-- The places of a connection that the whole cluster shares. Whoever holds one may use the database once at a time; a place
-- whose holder was lost is free again after a while.
create table reprise.connection_lease (
    connection text collate "C" not null,
    place int not null check (place >= 1),
    holder text,
    held_until timestamptz,
    primary key (connection, place)
);
