-- What was sold comes in by the stream shop-events, which makes its own tables.
create schema if not exists mart;

create table if not exists mart.daily_sales (
    day           date   not null,
    region        text   not null,
    sku           text   not null,
    orders        bigint not null,
    quantity      bigint not null,
    revenue_minor bigint not null,
    primary key (day, region, sku)
);

create table if not exists mart.prices (
    sku         text primary key,
    price_minor bigint not null check (price_minor > 0)
);
insert into mart.prices (sku, price_minor)
select 'sku-' || n, 100 + n * 5 from generate_series(0, 999) as n
on conflict (sku) do nothing;

create table if not exists mart.price_before (
    batch       text   not null,
    sku         text   not null,
    price_minor bigint not null,
    primary key (batch, sku)
);

create table if not exists mart.sql_orders (
    order_id    text primary key,
    account     text   not null,
    sku         text   not null,
    quantity    int    not null,
    total_minor bigint not null,
    status      text   not null
);
create table if not exists mart.sql_stock (
    sku       text primary key,
    available int not null check (available >= 0)
);
create table if not exists mart.sql_accounts (
    account       text primary key,
    balance_minor bigint not null check (balance_minor >= 0)
);
insert into mart.sql_stock (sku, available) values ('pen', 100), ('desk', 1)
on conflict (sku) do nothing;
insert into mart.sql_accounts (account, balance_minor) values ('rich', 1000000), ('poor', 10)
on conflict (account) do nothing;
