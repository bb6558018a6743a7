-- A replay that only the source's own worker can do, such as one that needs a schema: who asked for it, until it is answered.
alter table reprise.dead_letter add column asked_at timestamptz, add column asked_by text;
create index dead_letter_asked on reprise.dead_letter (asked_at) where asked_at is not null;
