-- A step whose turn came and that was not done, because its condition did not hold or nobody asked for it.
alter table reprise.run_step
    drop constraint run_step_forward_check,
    add constraint run_step_forward_check check (
        forward in ('QUEUED', 'RUNNING', 'WAITING', 'STUCK', 'SUCCEEDED', 'FAILED', 'CANCELLED', 'SKIPPED'));
