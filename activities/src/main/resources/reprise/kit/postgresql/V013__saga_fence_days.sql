-- Fences are forgotten by the day of their run. They are written in that order, so a summary of each stretch of pages is
-- enough, and a step pays nothing for it.
create index fence_by_day on reprise_kit.fence using brin (started_on);
