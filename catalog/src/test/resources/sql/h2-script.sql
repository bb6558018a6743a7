;
CREATE USER IF NOT EXISTS "SA" SALT '00' HASH '00' ADMIN;
CREATE MEMORY TABLE "PUBLIC"."STOCK"( "SKU" CHARACTER VARYING(20) NOT NULL, "ON_HAND" INTEGER ); // two columns; no more
-- 2 +/- SELECT COUNT(*) FROM PUBLIC.STOCK;
INSERT INTO "PUBLIC"."STOCK" VALUES
('a;b', 1),
(U&'\00fc;', 2);
CREATE ALIAS "NEXT" AS $$
int next(int a) {
    String s = "it's; fine"; // really;
    return a + 1;
}
$$;
/* outer /* inner; */ still; */
CALL NEXT(1)
