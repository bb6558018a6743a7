/** What the stores of every feature are made of: ids, bytes, pages and the migrations of the whole ledger. */
package io.reprise.db.shared;
