package io.reprise.cli.whole;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Temporal's own pages must read like the definition of the saga: step names, and how a run ended. */
@Tag("page")
class TemporalPagesTest {

    private static final LocatorAssertions.IsVisibleOptions SOON =
            new LocatorAssertions.IsVisibleOptions().setTimeout(30_000);

    private static Stack stack;
    private static Chromium chromium;

    @BeforeAll
    static void placeAnOrderThatIsUndone() {
        stack = Stack.start(Stack.Topology.ONE_PROCESS_TEMPORAL);
        chromium = Chromium.start();
        stack.shop().place(Shop.order("w-page", "acc-poor", "sku-20", 1, 500));
        stack.shop().await("w-page", "REJECTED");
    }

    @AfterAll
    static void stop() {
        chromium.close();
        stack.close();
    }

    @Test
    void aRunShowsItsStepsByNameAndBothOutcomes() {
        String run = stack.shop()
                .run("order/w-page")
                .body()
                .path("links")
                .path("temporal")
                .asText();
        try (Page page = chromium.browser().newPage()) {
            page.setViewportSize(1600, 2400);
            page.navigate(run);
            for (String step : List.of("create-order", "reserve-stock", "debit-account")) {
                assertThat(text(page, step)).isVisible(SOON);
            }
            keep(page, "temporal-run");

            page.navigate(run + "/search-attributes");
            for (String outcome : List.of("RepriseForward", "FAILED", "RepriseCompensation", "DONE")) {
                assertThat(text(page, outcome)).isVisible(SOON);
            }
            keep(page, "temporal-outcome");
        }
    }

    @Test
    void theListFindsRunsByTheirOutcome() {
        try (Page page = chromium.browser().newPage()) {
            page.navigate(
                    stack.temporalUi()
                            + "/namespaces/default/workflows?query=RepriseForward%3D%22FAILED%22%20AND%20RepriseCompensation%3D%22DONE%22");

            assertThat(text(page, "order/w-page")).isVisible(SOON);
            keep(page, "temporal-list");
        }
    }

    /** For people: the assertions are what counts. */
    private static void keep(Page page, String name) {
        page.screenshot(
                new Page.ScreenshotOptions().setFullPage(true).setPath(Path.of("target", "pages", name + ".png")));
    }

    private static Locator text(Page page, String text) {
        // As it is written: the page's own menus say some of these words in lower case.
        return page.getByText(Pattern.compile("\\b" + text + "\\b")).first();
    }
}
