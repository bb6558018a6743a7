/**
 * Has the runs of slots accepted: those of a schedule that fires, those that were missed, those of pipelines that run after
 * others, and those whose input changed. Whatever asks twice asks for the same run.
 */
package io.reprise.activities.schedule;
