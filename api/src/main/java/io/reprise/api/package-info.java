/** Admits: starts, asks and steers runs over HTTP. Stateless, so any number of them may run and any may be killed. */
package io.reprise.api;
