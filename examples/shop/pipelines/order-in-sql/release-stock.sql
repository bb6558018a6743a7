update mart.sql_stock set available = available + :quantity where sku = :sku;
