insert into {stage} (day, reduction, bucket, events, amount)
select day, :reduction, number / :reduction, count(*), sum(amount)
from bench.events
where day = :slot_day
group by 1, 3;
