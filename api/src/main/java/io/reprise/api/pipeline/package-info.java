/** The pipelines that the ledger has, as the api knows them. */
package io.reprise.api.pipeline;
