package io.reprise.catalog.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordPathTest {

    private static final String RECORD = "{\"a\":{\"b-c\":[{\"d\":1},{\"d\":2.50}]},\"odd name\":true,\"none\":null}";

    @ParameterizedTest
    @CsvSource({
        "$.a.b-c[1].d, 2.50",
        "$['a']['b-c'][0]['d'], 1",
        "$['odd name'], true",
        "$.a.b-c[0], an object",
        "$.a.b-c[2], nothing",
        "$.a.x.y, nothing",
        "$.none, nothing",
        "$[0], nothing",
        "$, an object"
    })
    void leadsIntoTheRecord(String path, String found) throws Exception {
        Json record = JsonText.read(RECORD.getBytes(StandardCharsets.UTF_8));

        assertThat(RecordPath.of(path).in(record).map(Json::words).orElse("nothing"))
                .isEqualTo(found);
    }

    @Test
    void isAPointerInMessages() {
        assertThat(RecordPath.of("$.a[0]['b/c']").pointer()).isEqualTo("/a/0/b~1c");
        assertThat(RecordPath.of("$").pointer()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "", "$a", "$.", "$..a", "$.a[", "$.a[x]", "$.a['", "$.a[-1]", "$.1a", "$.a b"})
    void whatLeadsNowhereIsNone(String written) {
        assertThat(RecordPath.read(written)).isEmpty();
    }
}
