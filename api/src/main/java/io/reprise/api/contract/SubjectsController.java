package io.reprise.api.contract;

import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.reprise.db.contract.RegisteredVersion;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Subjects and their versions, as clients of Confluent's registry ask for them. */
@Tag(name = "registry")
@Controller("/registry/subjects")
@Consumes(MediaType.ALL)
@Produces({RegistryAnswer.MEDIA_TYPE, MediaType.APPLICATION_JSON})
@ExecuteOn(TaskExecutors.BLOCKING)
final class SubjectsController {

    private final Registry registry;

    SubjectsController(Registry registry) {
        this.registry = registry;
    }

    @Get
    @Operation(summary = "Lists subjects")
    String subjects(@QueryValue(defaultValue = "false") boolean deleted) {
        return RegistryAnswer.names(registry.subjects().names(deleted));
    }

    @Post("/{subject}")
    @Operation(summary = "Tells under which version a schema is registered")
    String lookUp(String subject, @Body @Nullable String body, @QueryValue(defaultValue = "false") boolean deleted) {
        return RegistryAnswer.version(registry.lookUp(subject, SchemaWish.schema(body), deleted));
    }

    @Delete("/{subject}")
    @Operation(summary = "Deletes a subject softly, or for good what was so deleted")
    String delete(String subject, @QueryValue(defaultValue = "false") boolean permanent) {
        return RegistryAnswer.numbers(registry.delete(subject, permanent));
    }

    @Get("/{subject}/versions")
    @Operation(summary = "Lists the versions of a subject")
    String versions(String subject, @QueryValue(defaultValue = "false") boolean deleted) {
        return RegistryAnswer.numbers(registry.versions(subject, deleted).stream()
                .map(RegisteredVersion::version)
                .toList());
    }

    @Post("/{subject}/versions")
    @Operation(summary = "Registers a schema as the next version, if it goes with those that are there")
    String register(String subject, @Body @Nullable String body) {
        return RegistryAnswer.version(registry.register(subject, SchemaWish.schema(body)));
    }

    @Get("/{subject}/versions/{version}")
    @Operation(summary = "Shows a version: a number, latest or -1")
    String version(String subject, String version, @QueryValue(defaultValue = "false") boolean deleted) {
        return RegistryAnswer.version(registry.version(subject, version, deleted));
    }

    @Get("/{subject}/versions/{version}/schema")
    @Operation(summary = "Shows the schema of a version alone")
    String schema(String subject, String version, @QueryValue(defaultValue = "false") boolean deleted) {
        return registry.version(subject, version, deleted).schema().text();
    }

    @Delete("/{subject}/versions/{version}")
    @Operation(summary = "Deletes a version softly, or for good one that was so deleted")
    String delete(String subject, String version, @QueryValue(defaultValue = "false") boolean permanent) {
        return Integer.toString(registry.delete(subject, version, permanent));
    }
}
