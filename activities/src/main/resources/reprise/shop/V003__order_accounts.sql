-- spent_minor counts what orders took less what they gave back, whatever else moves the balance: it can be compared
-- with the event log.
create table shop.accounts (
    account_id    text collate "C" primary key,
    balance_minor bigint not null check (balance_minor >= 0),
    currency      text   not null,
    spent_minor   bigint not null default 0 check (spent_minor >= 0)
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02);
