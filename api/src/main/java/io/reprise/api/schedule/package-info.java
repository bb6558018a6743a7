/** Schedules over HTTP: when pipelines run by themselves, what came of it, and an operator's pause, resume and trigger. */
package io.reprise.api.schedule;
