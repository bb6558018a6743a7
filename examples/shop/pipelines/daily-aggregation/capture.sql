insert into {stage} (day, region, sku, orders, quantity, revenue_minor)
select event_day, region, sku, count(distinct order_id), sum(quantity), sum(quantity * unit_price_minor)
from raw.events
where event_day = :slot_day and region = :region
group by event_day, region, sku;
