/**
 * Understands SQL as text: where a statement begins and ends, which values and tables it names, and what it would do to its
 * transaction. Nothing here speaks to a database; what the text cannot tell, the fence and the probe find out.
 */
package io.reprise.catalog.sql;
