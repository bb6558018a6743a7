-- Which worker reads a topic for the steps that wait for its records. Two that believe it is them do no harm.
create table reprise.sensor_reader (
    topic text primary key,
    worker text not null,
    held_until timestamptz not null
);
