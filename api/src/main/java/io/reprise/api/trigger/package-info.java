/** Triggers over HTTP: what they consume, how far behind they are, pause and resume. A paused trigger loses nothing. */
package io.reprise.api.trigger;
