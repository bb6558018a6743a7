-- From where on a partition was not looked at for a waiting step. It lags behind: what is looked at twice answers once.
create table reprise.sensor_place (
    run_id text collate "C" not null,
    step_id text not null,
    topic_id text not null,
    partition int not null,
    next_offset bigint not null check (next_offset >= 0),
    primary key (run_id, step_id, topic_id, partition),
    foreign key (run_id, step_id) references reprise.sensor on delete cascade
);
