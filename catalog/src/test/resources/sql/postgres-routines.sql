-- functions in every form that PostgreSQL takes
CREATE OR REPLACE FUNCTION shop.touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $_$
BEGIN
    IF NEW.note = $q$;$q$ THEN
        RAISE EXCEPTION 'no; %', $1;
    END IF;
    RETURN NEW;
END;
$_$;

CREATE FUNCTION shop.total(a integer) RETURNS integer
    LANGUAGE sql
    BEGIN ATOMIC
 SELECT CASE
             WHEN (a > 0) THEN 1
             ELSE 2
         END;
 SELECT sum(on_hand) FROM shop.stock;
END;

CREATE PROCEDURE shop.close_day(IN the_day date)
    LANGUAGE plpgsql
    AS 'BEGIN DELETE FROM shop.log WHERE day = the_day; END';

DO $$
DECLARE
    r record; /* it's /* nested; */ here */
BEGIN
    FOR r IN SELECT 1 LOOP
        PERFORM pg_notify('a', 'b;');
    END LOOP;
END
$$ LANGUAGE plpgsql;

CREATE RULE log_insert AS ON INSERT TO shop.stock DO ALSO (
    INSERT INTO shop.log VALUES (NEW.sku);
    UPDATE shop.counts SET n = n + 1;
);

CREATE TRIGGER touch BEFORE INSERT OR UPDATE ON shop.stock FOR EACH ROW EXECUTE FUNCTION shop.touch();
COMMENT ON TABLE shop.stock IS E'it\'s; what we have';
SELECT data -> 'a' ? 'b;', tags[1:2], '{1,2}'::int[] FROM shop.stock WHERE note ~ E'\\;' AND a <@ ARRAY[1]
