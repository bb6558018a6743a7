-- The columns of the stream's typed table that the pipeline reads.
create table mart.shop_events (
    event_id         uuid     not null,
    order_id         text     not null,
    sku              text     not null,
    region           text     not null,
    quantity         int      not null,
    unit_price_minor bigint   not null,
    k_part           int      not null,
    k_off            bigint   not null,
    row_hash         bigint   not null,
    event_day        date     not null
);
