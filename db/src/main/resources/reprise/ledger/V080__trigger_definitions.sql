-- What a trigger was last served by: replays of its dead letters read as it does. The topic is the one in which its start was
-- fixed; in a log that comes later under that name it begins at the beginning.
alter table reprise.subscription add column definition text, add column begun_topic text;
