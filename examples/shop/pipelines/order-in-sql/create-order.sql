insert into mart.sql_orders (order_id, account, sku, quantity, total_minor, status)
values (:order_id, :account, :sku, :quantity, :total_minor, 'PLACED');
