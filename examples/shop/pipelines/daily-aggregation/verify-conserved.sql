-- Nothing is lost and nothing counted twice: the day's quantity and revenue are the same in the events and in the stage.
select sold.quantity as sold_quantity, staged.quantity as staged_quantity,
       sold.revenue as sold_revenue, staged.revenue as staged_revenue
from (select coalesce(sum(quantity), 0) as quantity, coalesce(sum(quantity * unit_price_minor), 0) as revenue
      from (select distinct on (event_id) quantity, unit_price_minor from mart.shop_events
            where event_day = :slot_day and region = :region order by event_id, k_part, k_off) as once) as sold,
     (select coalesce(sum(quantity), 0) as quantity, coalesce(sum(revenue_minor), 0) as revenue from {stage}) as staged
where sold.quantity <> staged.quantity or sold.revenue <> staged.revenue;
