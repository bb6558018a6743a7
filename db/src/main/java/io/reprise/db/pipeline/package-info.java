/** Remembers definitions: every text that was ever applied, and which one is current under each name. */
package io.reprise.db.pipeline;
