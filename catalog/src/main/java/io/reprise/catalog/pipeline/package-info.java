/**
 * Reads pipelines: every mistake of a folder at once, and of each pipeline one definition, a canonical text that holds all
 * that its runs need. A definition never changes; a changed file makes another one, for new runs only.
 *
 * <p>{@code DefinitionsReader.read(folder, environment, System.getenv())} answers {@code Definitions}: problems, or pipelines.
 * Of a {@code PipelineDefinition} the ledger keeps {@code json()} under {@code hash()}; a run is accepted with {@code plan()};
 * and whoever does its steps reads {@code PipelineDefinition.fromJson(text)} again.
 */
package io.reprise.catalog.pipeline;
