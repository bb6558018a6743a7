-- An event may have been sent twice; it was sold once.
insert into {stage} (day, region, sku, orders, quantity, revenue_minor)
select event_day, region, sku, count(distinct order_id), sum(quantity), sum(quantity * unit_price_minor)
from (select distinct on (event_id) * from mart.shop_events where event_day = :slot_day and region = :region
      order by event_id, k_part, k_off) as sold
group by event_day, region, sku;
