/**
 * Does the steps of pipelines: SQL, checks and publications on the connections of a catalog, each behind the fence of its
 * database. What undoes a step stands in its definition, and what it needs for that in its fence.
 */
package io.reprise.activities.pipeline;
