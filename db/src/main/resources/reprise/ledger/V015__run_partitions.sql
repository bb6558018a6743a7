-- Makes the partitions that hold the days from first_day to last_day. A partition is made beside its table and then
-- attached, which lets reads and writes of the other partitions go on.
create function reprise.ensure_partitions(first_day date, last_day date) returns int
    language plpgsql as $$
declare
    part record;
    made int := 0;
begin
    perform pg_advisory_xact_lock(hashtext('reprise.partitions'));
    for part in
        select t.name as parent, t.name || '_' || to_char(d, t.suffix) as name, d::date as from_day, (d + t.step)::date as to_day
        from (values ('run', 'month', interval '1 month', 'YYYY_MM'), ('run_step', 'month', interval '1 month', 'YYYY_MM'),
                     ('run_log', 'day', interval '1 day', 'YYYY_MM_DD'), ('inbox', 'day', interval '1 day', 'YYYY_MM_DD')
             ) as t(name, unit, step, suffix),
             generate_series(date_trunc(t.unit, first_day::timestamp), last_day::timestamp, t.step) as d
        where to_regclass('reprise.' || t.name || '_' || to_char(d, t.suffix)) is null
    loop
        execute format('create table reprise.%I (like reprise.%I including all excluding identity)', part.name, part.parent);
        execute format('alter table reprise.%I attach partition reprise.%I for values from (%L) to (%L)',
            part.parent, part.name, part.from_day, part.to_day);
        made := made + 1;
    end loop;
    return made;
end $$;

-- Drops the partitions of one table that end on or before first_kept_day.
create function reprise.drop_partitions(parent text, first_kept_day date) returns int
    language plpgsql as $$
declare
    part record;
    dropped int := 0;
begin
    perform pg_advisory_xact_lock(hashtext('reprise.partitions'));
    for part in
        select c.oid::regclass as name,
               (regexp_match(pg_get_expr(c.relpartbound, c.oid), 'TO \(''([0-9-]+)''\)'))[1]::date as to_day
        from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where i.inhparent = to_regclass('reprise.' || quote_ident(parent))
    loop
        if part.to_day <= first_kept_day then
            execute format('drop table %s', part.name);
            dropped := dropped + 1;
        end if;
    end loop;
    return dropped;
end $$;
