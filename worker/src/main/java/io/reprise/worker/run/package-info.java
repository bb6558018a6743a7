/**
 * Drives accepted runs into Temporal, carries them out there, and looks after those of which nothing is heard. A run that
 * is started, settled or swept twice stays as it was.
 */
package io.reprise.worker.run;
