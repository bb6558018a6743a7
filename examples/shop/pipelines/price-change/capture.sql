insert into mart.price_before (batch, sku, price_minor)
select :batch, sku, price_minor from mart.prices;
