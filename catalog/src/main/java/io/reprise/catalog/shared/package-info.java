/** What every reader of this module needs: strict JSON, the nearest right name, and the settings of a process. */
package io.reprise.catalog.shared;
