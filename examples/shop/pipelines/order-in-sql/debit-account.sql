update mart.sql_accounts set balance_minor = balance_minor - :total_minor
where account = :account and balance_minor >= :total_minor;
