update mart.sql_orders set status = 'COMPLETED' where order_id = :order_id and status = 'PLACED';
