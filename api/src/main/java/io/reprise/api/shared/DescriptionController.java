package io.reprise.api.shared;

import io.micronaut.core.io.ResourceLoader;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Gives the OpenAPI description, which the build writes from the controllers. */
@Hidden
@Controller("/openapi")
final class DescriptionController {

    private static final String DESCRIPTION = "classpath:META-INF/swagger/reprise-1.yml";

    private final ResourceLoader resources;

    DescriptionController(ResourceLoader resources) {
        this.resources = resources;
    }

    @Get
    @Produces("application/yaml")
    String describe() {
        try (InputStream description = resources
                .getResourceAsStream(DESCRIPTION)
                .orElseThrow(() -> new IllegalStateException("the build left no " + DESCRIPTION))) {
            return new String(description.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + DESCRIPTION, e);
        }
    }
}
