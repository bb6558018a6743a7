-- Fences are forgotten by the day of their run.
create index reprise_kit_fence_by_day on reprise_kit_fence (started_on);
