-- Counts up each time an operator lets a log count that is not the one that was read: its records are a new source.
alter table reprise.subscription add column log_number int not null default 1;
