-- Why the Temporal server that runs now does not fire a schedule; null where it does, or nobody looked yet.
alter table reprise.schedule add column refused text;
