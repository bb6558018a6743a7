--
-- PostgreSQL database dump
--

\restrict abc

-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: shop; Type: SCHEMA; Schema: -; Owner: postgres
--

CREATE SCHEMA shop;


ALTER SCHEMA shop OWNER TO postgres;

--
-- Name: mood; Type: TYPE; Schema: shop; Owner: postgres
--

CREATE TYPE shop.mood AS ENUM (
    'sad;',
    'ok''ay'
);


ALTER TYPE shop.mood OWNER TO postgres;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: stock; Type: TABLE; Schema: shop; Owner: postgres
--

CREATE TABLE shop.stock (
    sku text NOT NULL,
    on_hand integer NOT NULL,
    note text DEFAULT 'it''s; new'::text,
    day date,
    CONSTRAINT stock_on_hand_check CHECK ((on_hand >= 0))
);


ALTER TABLE shop.stock OWNER TO postgres;

--
-- Name: TABLE stock; Type: COMMENT; Schema: shop; Owner: postgres
--

COMMENT ON TABLE shop.stock IS 'it''s; what
we have';


--
-- Name: total(integer); Type: FUNCTION; Schema: shop; Owner: postgres
--

CREATE FUNCTION shop.total(a integer) RETURNS integer
    LANGUAGE sql
    BEGIN ATOMIC
 SELECT
         CASE
             WHEN (a > 0) THEN 1
             ELSE 2
         END AS "case";
 SELECT (count(*))::integer AS count
    FROM shop.stock;
END;


ALTER FUNCTION shop.total(a integer) OWNER TO postgres;

--
-- Name: touch(); Type: FUNCTION; Schema: shop; Owner: postgres
--

CREATE FUNCTION shop.touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $_$ begin if new.note = $q$;$q$ then raise exception 'no; %', 1; end if; return new; end; $_$;


ALTER FUNCTION shop.touch() OWNER TO postgres;

--
-- Name: log; Type: TABLE; Schema: shop; Owner: postgres
--

CREATE TABLE shop.log (
    id bigint NOT NULL,
    what text
);


ALTER TABLE shop.log OWNER TO postgres;

--
-- Name: log_id_seq; Type: SEQUENCE; Schema: shop; Owner: postgres
--

ALTER TABLE shop.log ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME shop.log_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: low; Type: VIEW; Schema: shop; Owner: postgres
--

CREATE VIEW shop.low AS
 SELECT stock.sku,
        CASE
            WHEN (stock.on_hand < 2) THEN 'low;'::text
            ELSE 'ok'::text
        END AS level
   FROM shop.stock;


ALTER TABLE shop.low OWNER TO postgres;

--
-- Data for Name: log; Type: TABLE DATA; Schema: shop; Owner: postgres
--

COPY shop.log (id, what) FROM stdin;
\.


--
-- Data for Name: stock; Type: TABLE DATA; Schema: shop; Owner: postgres
--

COPY shop.stock (sku, on_hand, note, day) FROM stdin;
a;b	1	tab\there; quote' "	2026-01-01
c	2	back\\slash\nline $$ /*	\N
\.


--
-- Name: log_id_seq; Type: SEQUENCE SET; Schema: shop; Owner: postgres
--

SELECT pg_catalog.setval('shop.log_id_seq', 1, false);


--
-- Name: stock stock_pkey; Type: CONSTRAINT; Schema: shop; Owner: postgres
--

ALTER TABLE ONLY shop.stock
    ADD CONSTRAINT stock_pkey PRIMARY KEY (sku);


--
-- Name: stock stock_log; Type: RULE; Schema: shop; Owner: postgres
--

CREATE RULE stock_log AS
    ON DELETE TO shop.stock DO ( INSERT INTO shop.log (what)
  VALUES (old.sku);
 UPDATE shop.log SET what = 'x;'::text;
);


--
-- Name: stock touch; Type: TRIGGER; Schema: shop; Owner: postgres
--

CREATE TRIGGER touch BEFORE INSERT OR UPDATE ON shop.stock FOR EACH ROW EXECUTE FUNCTION shop.touch();


--
-- PostgreSQL database dump complete
--

\unrestrict abc

