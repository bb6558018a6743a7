/**
 * What time means to a pipeline: the slots that its runs stand for, and the instants at which its schedule fires. Everything
 * is computed from instants and zones that are handed in.
 */
package io.reprise.catalog.schedule;
