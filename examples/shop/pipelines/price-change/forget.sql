delete from mart.price_before where batch = :batch;
