/**
 * Places orders in the shop's tables and tells what happened on the topic of their events, each step with its undo. A step
 * that is repeated changes nothing; what the shop sold, took and gave back can be rebuilt from the events alone.
 */
package io.reprise.activities.order;
