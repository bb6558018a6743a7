package io.reprise.catalog.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.catalog.shared.CatalogProblem;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExamplesTest {

    private static final Path SHOP = Path.of("..", "examples", "shop");

    @Test
    void theShopIsSoundAndWarnsOfNothingButTheThrowAwayPassword() {
        Definitions shop = DefinitionsReader.read(SHOP, Optional.empty(), Map.of());

        assertThat(shop.problems()).isEmpty();
        assertThat(shop.warnings()).extracting(CatalogProblem::path).containsExactly("warehouse.password");
        assertThat(shop.pipelines())
                .extracting(pipeline -> pipeline.name().value())
                .containsExactly(
                        "daily-aggregation", "nightly-report", "order-in-sql", "price-change", "warehouse-tables");
        assertThat(shop.pipelines())
                .allSatisfy(pipeline ->
                        assertThat(PipelineDefinition.fromJson(pipeline.json())).isEqualTo(pipeline));
    }
}
