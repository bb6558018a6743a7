-- Drops the partitions of one table that end on or before first_kept_day. One in whose days a run was accepted that has not
-- ended stays, of run as of run_step, until that run has ended.
create or replace function reprise.drop_partitions(parent text, first_kept_day date) returns int
    language plpgsql as $$
declare
    part record;
    dropped int := 0;
begin
    perform pg_advisory_xact_lock(hashtext('reprise.partitions'));
    for part in
        select c.oid::regclass as name,
               (regexp_match(pg_get_expr(c.relpartbound, c.oid), 'FROM \(''([0-9-]+)''\)'))[1]::date as from_day,
               (regexp_match(pg_get_expr(c.relpartbound, c.oid), 'TO \(''([0-9-]+)''\)'))[1]::date as to_day
        from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where i.inhparent = to_regclass('reprise.' || quote_ident(parent))
    loop
        if part.to_day > first_kept_day then
            continue;
        end if;
        if parent in ('run', 'run_step') and exists (
            select from reprise.run
            where started_on >= part.from_day and started_on < part.to_day and ended_at is null
        ) then
            continue;
        end if;
        execute format('drop table %s', part.name);
        dropped := dropped + 1;
    end loop;
    return dropped;
end $$;
