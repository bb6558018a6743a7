/**
 * Serves schemas by number, as clients of Confluent's registry ask for them, and shows contracts. What a catalog says of a version
 * is registered when the catalog is applied; where the registry has another schema there, nothing is overwritten and the drift is
 * told.
 */
package io.reprise.api.contract;
