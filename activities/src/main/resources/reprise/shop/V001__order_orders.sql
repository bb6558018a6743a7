create table shop.orders (
    order_id     text collate "C" primary key,
    account_id   text        not null,
    status       text        not null check (status in ('PLACED', 'COMPLETED', 'REJECTED', 'CANCELLED')),
    total_minor  bigint      not null check (total_minor >= 0),
    currency     text        not null,
    lines        jsonb       not null,
    content_hash bytea       not null,
    generation   int         not null,
    version      bigint      not null,
    reason       text,
    placed_at    timestamptz not null default clock_timestamp(),
    updated_at   timestamptz not null default clock_timestamp()
) with (fillfactor = 50);
