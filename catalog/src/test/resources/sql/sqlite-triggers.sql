PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE stock(sku TEXT PRIMARY KEY, on_hand INTEGER CHECK(on_hand >= 0), [the note] TEXT);
INSERT INTO stock VALUES('a;b',1,'it''s');
INSERT INTO stock VALUES('c',2,replace('two\nlines','\n',char(10)));
CREATE TABLE log(at TEXT DEFAULT CURRENT_TIMESTAMP, what TEXT, begin INT, end INT);
CREATE TRIGGER stock_log AFTER UPDATE OF on_hand ON stock WHEN old.on_hand <> new.on_hand BEGIN
  -- it's only logged; nothing else
  INSERT INTO log(what, begin, end) VALUES (CASE WHEN new.on_hand > old.on_hand THEN 'in;' ELSE 'out' END, 1, 2);
  UPDATE log SET end = 3 WHERE end = 2;
END;
CREATE VIEW low AS SELECT sku FROM stock WHERE on_hand < 2
/* low(sku) */;
CREATE TEMP TRIGGER low_insert INSTEAD OF INSERT ON low BEGIN SELECT RAISE(ABORT, 'no; not here'); END;
COMMIT;
