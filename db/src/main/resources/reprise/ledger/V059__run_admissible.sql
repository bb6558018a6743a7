-- The waiting runs for which there is room now. It steps from key to key, whatever the number of runs that wait in each, and
-- looks at the first hundred of a key in their turn. Two that read this at once would both fill the same room: whoever
-- admits runs holds a lock.
create view reprise.admissible_run as
with recursive waiting (bound_group, bound_key) as (
    (select r.bound_group, r.bound_key
     from reprise.run r
     where r.forward = 'QUEUED' and not r.admitted
     order by r.bound_group, r.bound_key
     limit 1)
    union all
    select following.bound_group, following.bound_key
    from waiting cross join lateral (
        select r.bound_group, r.bound_key
        from reprise.run r
        where r.forward = 'QUEUED' and not r.admitted
          and (r.bound_group, r.bound_key) > (waiting.bound_group, waiting.bound_key)
        order by r.bound_group, r.bound_key
        limit 1) following
),
in_turn as (
    select first.*,
           row_number() over (partition by first.bound_group, first.bound_key order by first.turn, first.seq) as place_in_key
    from waiting cross join lateral (
        select r.run_id, r.started_on, r.seq, r.bound_group, r.group_open, r.bound_key, r.key_open, r.turn, r.order_rule,
               r.order_key
        from reprise.run r
        where r.forward = 'QUEUED' and not r.admitted
          and r.bound_group = waiting.bound_group and r.bound_key = waiting.bound_key
        order by r.turn, r.seq
        limit 100) first
    where (first.turn = '' or not exists (
            select from reprise.run earlier
            where earlier.bound_group = first.bound_group and earlier.bound_key = first.bound_key
              and earlier.turn <> '' and earlier.turn < first.turn and earlier.ended_at is null))
      and (first.order_rule = 'none' or not exists (
            select from reprise.run earlier
            where earlier.order_key = first.order_key and earlier.seq < first.seq and earlier.ended_at is null
              and (first.order_rule = 'per-key' or earlier.forward = 'QUEUED')))
),
in_key as (
    select in_turn.*,
           row_number() over (partition by in_turn.bound_group order by in_turn.turn, in_turn.seq) as place_in_group
    from in_turn
    where in_turn.key_open is null or in_turn.place_in_key + (
        select count(*) from reprise.run open
        where open.bound_group = in_turn.bound_group and open.bound_key = in_turn.bound_key
          and open.ended_at is null and open.admitted) <= in_turn.key_open
)
select in_key.run_id, in_key.started_on
from in_key
where in_key.group_open is null or in_key.place_in_group + (
    select count(*) from reprise.run open
    where open.bound_group = in_key.bound_group and open.ended_at is null and open.admitted) <= in_key.group_open;
