package io.reprise.cli.generate;

import io.reprise.activities.producer.SchemaLookup;
import io.reprise.activities.producer.SchemaLookup.Answer;
import io.reprise.activities.producer.SchemaLookup.Answer.Found;
import io.reprise.cli.shared.ApiOptions;
import io.reprise.cli.shared.CommandFailed;
import io.reprise.cli.shared.ExitCode;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The versions of the contract shop.events that a registry has. */
final class ShopContract {

    private static final String SUBJECT = "shop.events";
    private static final int VERSIONS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private ShopContract() {}

    static List<Found> versions(Optional<URI> named) {
        URI registry = named.or(() -> variable("REPRISE_REGISTRY_URL"))
                .orElseGet(() -> URI.create(
                        variable("REPRISE_URL").map(URI::toString).orElse("http://127.0.0.1:8080") + "/registry"));
        Optional<String> authorization = ApiOptions.token().map(token -> "Bearer " + token);
        try (SchemaLookup lookup = new SchemaLookup(registry, authorization, PATIENCE)) {
            return IntStream.rangeClosed(1, VERSIONS)
                    .mapToObj(version -> found(lookup.version(SUBJECT, version)))
                    .toList();
        }
    }

    private static Optional<URI> variable(String name) {
        return Optional.ofNullable(System.getenv(name)).map(URI::create);
    }

    private static Found found(Answer answer) {
        return switch (answer) {
            case Found found -> found;
            case Answer.Unknown(String words) ->
                throw new CommandFailed(
                        ExitCode.NOT_FOUND,
                        words
                                + " (expected: the contract of examples/shop; `reprise catalog apply examples/shop` registers it)");
            case Answer.Away(String words) ->
                throw new CommandFailed(
                        ExitCode.UNAVAILABLE, words + "; is `reprise dev` running, and does REPRISE_URL say where?");
        };
    }
}
