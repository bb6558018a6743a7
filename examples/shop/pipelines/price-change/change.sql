update mart.prices set price_minor = price_minor * (100 + :percent) / 100;
