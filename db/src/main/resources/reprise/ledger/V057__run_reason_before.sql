-- Why a run was being undone before its code failed: shown again once the code works.
alter table reprise.run add column reason_before text, add column failure_before text;
