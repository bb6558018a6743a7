package io.reprise.db.pipeline;

/** What became of the wish to apply a catalog. */
public sealed interface CatalogApplied {

    /**
     * The catalog is what was asked for.
     *
     * @param plan what changed; nothing where it was so before
     * @param revision of the catalog now
     */
    record Current(CatalogPlan plan, long revision) implements CatalogApplied {}

    /** Somebody else changed the catalog meanwhile. */
    record Moved(long expected, long found) implements CatalogApplied {}
}
