package io.reprise.api.access;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpRequest;
import io.reprise.api.shared.Refused;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackFilterTest {

    private final LoopbackFilter filter = new LoopbackFilter(new Door("127.0.0.2", Optional.empty()));

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:8080", "127.0.0.1:8080", "[::1]:8080", "127.0.0.2:8080"})
    void namesOfThisMachineMayCall(String host) {
        assertThatCode(() -> filter.check(asked(host))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.3", "localhost.example", "example.org:8080", ""})
    void noOtherNameMayCall(String host) {
        assertThatThrownBy(() -> filter.check(asked(host)))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("Host");
    }

    @Test
    void aPageFromElsewhereMayNotCall() {
        HttpRequest<?> request = asked("127.0.0.2:8080").header("Origin", "http://example.org");

        assertThatThrownBy(() -> filter.check(request))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("Origin");
    }

    private static MutableHttpRequest<?> asked(String host) {
        return HttpRequest.GET("/api/v1/runs").header("Host", host);
    }
}
