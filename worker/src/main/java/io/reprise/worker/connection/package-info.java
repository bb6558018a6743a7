/** Opens the connections of the worker's own loops, whose statements commit by themselves. */
package io.reprise.worker.connection;
