package io.reprise.bench.pipeline;

import io.reprise.bench.shared.Contender;

/** Three inserts as a pipeline: asked for over HTTP, ended when the ledger says so. */
final class PipelineContender implements Contender {

    static final String NAME = "pipeline";

    private final PipelineDoor door;
    private final Endings endings;
    private final Warehouse warehouse;

    PipelineContender(PipelineDoor door, Endings endings, Warehouse warehouse) {
        this.door = door;
        this.endings = endings;
        this.warehouse = warehouse;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void place(long number) throws Exception {
        endings.awaitSuccess(
                door.run("{\"kind\":\"pipeline\",\"name\":\"three-inserts\",\"parameters\":{\"number\":\"%d\"}}"
                        .formatted(number)));
    }

    @Override
    public void verify(long placed) throws Exception {
        ThreeRows.require(warehouse, "bench.inserted", placed);
    }
}
