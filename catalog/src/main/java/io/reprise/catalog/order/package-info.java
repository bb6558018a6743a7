/**
 * Reads orders from the bytes that people and systems send. All mistakes are told at once, and an order that was read is
 * always one that can be placed.
 */
package io.reprise.catalog.order;
