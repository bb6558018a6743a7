/** What records ask for, in the words of the workflows that they start. */
package io.reprise.workflows.trigger;
