insert into {stage} (day, reduction, bucket, events, visitors, amount)
select day, :reduction, number / :reduction, count(*), count(distinct visitor), sum(amount)
from bench.events
where day = :slot_day
group by 1, 3;
