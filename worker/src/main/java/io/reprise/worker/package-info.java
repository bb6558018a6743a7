/** Puts a worker together: what it serves, what it reads and what it looks after, each started and stopped here. */
package io.reprise.worker;
