update mart.sql_orders set status = 'CANCELLED' where order_id = :order_id;
