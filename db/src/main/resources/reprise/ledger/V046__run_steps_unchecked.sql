-- Ended runs whose step facts lie in another database and may have died with the worker that was to bring them. The sweeper
-- looks at each once.
alter table reprise.run add column steps_unchecked boolean not null default false;
create index run_steps_unchecked on reprise.run (ended_at) where steps_unchecked;
