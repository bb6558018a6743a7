-- Nothing is lost and nothing counted twice: the day's quantity and revenue are the same in the events and in the stage.
select raw.quantity as raw_quantity, staged.quantity as staged_quantity,
       raw.revenue as raw_revenue, staged.revenue as staged_revenue
from (select coalesce(sum(quantity), 0) as quantity, coalesce(sum(quantity * unit_price_minor), 0) as revenue
      from raw.events where event_day = :slot_day and region = :region) as raw,
     (select coalesce(sum(quantity), 0) as quantity, coalesce(sum(revenue_minor), 0) as revenue from {stage}) as staged
where raw.quantity <> staged.quantity or raw.revenue <> staged.revenue;
