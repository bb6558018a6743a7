select 1 from mart.daily_sales where day = :slot_day limit 1;
