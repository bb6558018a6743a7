create schema mart;
create table mart.prices (sku text primary key, price_minor bigint not null check (price_minor > 0));
create table mart.price_before (batch text, sku text, price_minor bigint not null, primary key (batch, sku));
