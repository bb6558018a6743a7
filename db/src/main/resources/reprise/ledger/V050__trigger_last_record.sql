-- The record that was accepted last, by its offset and a digest: a log that has another record there is another log.
alter table reprise.trigger_position
    add column last_offset bigint,
    add column last_digest text;
