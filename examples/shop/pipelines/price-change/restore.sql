update mart.prices as now set price_minor = before.price_minor
from mart.price_before as before
where before.batch = :batch and before.sku = now.sku;
