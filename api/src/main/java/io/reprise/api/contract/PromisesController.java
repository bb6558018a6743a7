package io.reprise.api.contract;

import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.reprise.api.contract.RegistryRefused.Reason;
import io.reprise.db.contract.NewSchema;
import io.reprise.db.contract.RegisteredVersion;
import io.reprise.db.contract.SubjectSettings;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What subjects promise, and whether a schema would keep it. */
@Tag(name = "registry")
@Controller("/registry")
@Consumes(MediaType.ALL)
@Produces({RegistryAnswer.MEDIA_TYPE, MediaType.APPLICATION_JSON})
@ExecuteOn(TaskExecutors.BLOCKING)
final class PromisesController {

    private static final String WISHED = "compatibility";
    private static final String SAID = "compatibilityLevel";
    private static final String MODE = "mode";

    private final Registry registry;

    PromisesController(Registry registry) {
        this.registry = registry;
    }

    @Post("/compatibility/subjects/{subject}/versions/{version}")
    @Operation(summary = "Tells whether a schema goes with a version")
    String test(
            String subject,
            String version,
            @Body @Nullable String body,
            @QueryValue(defaultValue = "false") boolean verbose) {
        NewSchema schema = SchemaWish.schema(body);
        RegisteredVersion beside = registry.version(subject, version, false);
        return RegistryAnswer.verdict(registry.objections(subject, schema, List.of(beside)), verbose);
    }

    @Post("/compatibility/subjects/{subject}/versions")
    @Operation(summary = "Tells whether a schema could become the next version")
    String test(String subject, @Body @Nullable String body, @QueryValue(defaultValue = "false") boolean verbose) {
        NewSchema schema = SchemaWish.schema(body);
        return RegistryAnswer.verdict(
                registry.objections(subject, schema, registry.subjects().versions(subject, false)), verbose);
    }

    @Get("/config")
    @Operation(summary = "Shows what every subject promises that says nothing")
    String config() {
        return RegistryAnswer.setting(
                SAID, registry.compatibility(SubjectSettings.ALL).name());
    }

    @Put("/config")
    @Operation(summary = "Says what every subject promises that says nothing")
    String setConfig(@Body @Nullable String body) {
        return setConfig(SubjectSettings.ALL, body);
    }

    @Get("/config/{subject}")
    @Operation(summary = "Shows what a subject promises")
    String config(String subject, @QueryValue(defaultValue = "false") boolean defaultToGlobal) {
        if (!defaultToGlobal && registry.ownCompatibility(subject).isEmpty()) {
            throw new RegistryRefused(
                    Reason.NO_COMPATIBILITY,
                    "Subject '" + subject + "' does not have subject-level compatibility configured");
        }
        return RegistryAnswer.setting(SAID, registry.compatibility(subject).name());
    }

    @Put("/config/{subject}")
    @Operation(summary = "Says what a subject promises")
    String setConfig(String subject, @Body @Nullable String body) {
        String wished = SchemaWish.word(body, WISHED, Reason.BAD_COMPATIBILITY);
        registry.setCompatibility(subject, Optional.of(wished));
        return RegistryAnswer.setting(WISHED, wished);
    }

    @Delete("/config/{subject}")
    @Operation(summary = "Lets a subject promise what all do")
    String forgetConfig(String subject) {
        String before = registry.ownCompatibility(subject).orElseThrow(() -> RegistryRefused.noSubject(subject));
        registry.setCompatibility(subject, Optional.empty());
        return RegistryAnswer.setting(SAID, before);
    }

    @Get("/mode")
    @Operation(summary = "Shows whether schemas may be registered")
    String mode() {
        return RegistryAnswer.setting(MODE, registry.mode(SubjectSettings.ALL));
    }

    @Put("/mode")
    @Operation(summary = "Says whether schemas may be registered: READWRITE or READONLY")
    String setMode(@Body @Nullable String body) {
        return setMode(SubjectSettings.ALL, body);
    }

    @Get("/mode/{subject}")
    @Operation(summary = "Shows whether schemas may be registered under a subject")
    String mode(String subject, @QueryValue(defaultValue = "false") boolean defaultToGlobal) {
        if (!defaultToGlobal && registry.ownMode(subject).isEmpty()) {
            throw new RegistryRefused(
                    Reason.NO_MODE, "Subject '" + subject + "' does not have subject-level mode configured");
        }
        return RegistryAnswer.setting(MODE, registry.mode(subject));
    }

    @Put("/mode/{subject}")
    @Operation(summary = "Says whether schemas may be registered under a subject")
    String setMode(String subject, @Body @Nullable String body) {
        String wished = SchemaWish.word(body, MODE, Reason.BAD_MODE);
        registry.setMode(subject, Optional.of(wished));
        return RegistryAnswer.setting(MODE, wished);
    }

    @Delete("/mode/{subject}")
    @Operation(summary = "Lets a subject be as all are")
    String forgetMode(String subject) {
        String before = registry.ownMode(subject).orElseThrow(() -> RegistryRefused.noSubject(subject));
        registry.setMode(subject, Optional.empty());
        return RegistryAnswer.setting(MODE, before);
    }
}
