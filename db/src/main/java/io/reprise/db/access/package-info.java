/** Remembers who decided what. Nothing here is ever changed or taken back. */
package io.reprise.db.access;
