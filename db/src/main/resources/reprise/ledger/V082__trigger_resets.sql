-- Counts up each time an operator sets the trigger's positions, for its readers to look them up. The log is the one that its
-- positions, as last reported, are in.
alter table reprise.subscription add column resets int not null default 0, add column topic_log text;
