/** Remembers schemas by number. A number never means another schema, and no version is written twice, whoever writes at once. */
package io.reprise.db.contract;
