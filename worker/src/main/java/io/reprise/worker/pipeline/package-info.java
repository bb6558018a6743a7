/** What pipelines bring to a worker. */
package io.reprise.worker.pipeline;
