package io.reprise.catalog.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNameTest {

    private static final List<String> NAMES = List.of("orderId", "accountId", "currency");

    @Test
    void findsANameThatIsALittleMisspelt() {
        assertThat(NearestName.to("orderID", NAMES)).contains("orderId");
        assertThat(NearestName.to("curency", NAMES)).contains("currency");
        assertThat(NearestName.to("acount_id", NAMES)).contains("accountId");
    }

    @Test
    void findsNothingForANameThatIsFarFromAll() {
        assertThat(NearestName.to("colour", NAMES)).isEmpty();
    }
}
