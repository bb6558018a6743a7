select sku, price_minor from mart.prices where price_minor > :highest;
