-- As before, and for the days of statements and checks.
create or replace function reprise.ensure_partitions(first_day date, last_day date) returns int
    language plpgsql as $$
declare
    part record;
    made int := 0;
begin
    perform pg_advisory_xact_lock(hashtext('reprise.partitions'));
    for part in
        select t.name as parent, t.name || '_' || to_char(d, t.suffix) as name, d::date as from_day, (d + t.step)::date as to_day
        from (values ('run', 'month', interval '1 month', 'YYYY_MM'), ('run_step', 'month', interval '1 month', 'YYYY_MM'),
                     ('run_log', 'day', interval '1 day', 'YYYY_MM_DD'), ('inbox', 'day', interval '1 day', 'YYYY_MM_DD'),
                     ('run_statement', 'day', interval '1 day', 'YYYY_MM_DD'),
                     ('run_check', 'day', interval '1 day', 'YYYY_MM_DD')
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

-- Drops the oldest days of one table until it is no larger than most_bytes, but never a day that is younger than
-- first_kept_day.
create function reprise.trim_partitions(parent text, most_bytes bigint, first_kept_day date) returns int
    language plpgsql as $$
declare
    part record;
    dropped int := 0;
    size bigint;
begin
    perform pg_advisory_xact_lock(hashtext('reprise.partitions'));
    select coalesce(sum(pg_total_relation_size(inhrelid)), 0) into size
    from pg_inherits where inhparent = to_regclass('reprise.' || quote_ident(parent));
    for part in
        select c.oid::regclass as name, pg_total_relation_size(c.oid) as bytes,
               (regexp_match(pg_get_expr(c.relpartbound, c.oid), 'TO \(''([0-9-]+)''\)'))[1]::date as to_day
        from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where i.inhparent = to_regclass('reprise.' || quote_ident(parent))
        order by 3
    loop
        exit when size <= most_bytes or part.to_day > first_kept_day;
        execute format('drop table %s', part.name);
        size := size - part.bytes;
        dropped := dropped + 1;
    end loop;
    return dropped;
end $$;
