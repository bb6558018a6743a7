package io.reprise.api.contract;

import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.reprise.db.contract.RegisteredSchema;
import io.reprise.db.contract.RegisteredVersion;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;

/** Schemas by the numbers that records carry. */
@Tag(name = "registry")
@Controller("/registry/schemas")
@Produces({RegistryAnswer.MEDIA_TYPE, MediaType.APPLICATION_JSON})
@ExecuteOn(TaskExecutors.BLOCKING)
final class SchemasController {

    private final Registry registry;

    SchemasController(Registry registry) {
        this.registry = registry;
    }

    @Get("/types")
    @Operation(summary = "Lists the types of schemas that are served")
    String types() {
        return RegistryAnswer.names(List.of("AVRO"));
    }

    @Get("/ids/{id}")
    @Operation(summary = "Shows the schema of a number")
    String byId(String id) {
        return RegistryAnswer.schema(schema(id));
    }

    @Get("/ids/{id}/schema")
    @Operation(summary = "Shows the schema of a number alone")
    String textById(String id) {
        return schema(id).text();
    }

    @Get("/ids/{id}/subjects")
    @Operation(summary = "Lists the subjects that have the schema")
    String subjects(String id, @QueryValue(defaultValue = "false") boolean deleted) {
        return RegistryAnswer.names(registry.schemas().versionsOf(schema(id).id(), deleted).stream()
                .map(RegisteredVersion::subject)
                .distinct()
                .toList());
    }

    @Get("/ids/{id}/versions")
    @Operation(summary = "Lists the subjects and versions that have the schema")
    String versions(String id, @QueryValue(defaultValue = "false") boolean deleted) {
        return RegistryAnswer.places(registry.schemas().versionsOf(schema(id).id(), deleted));
    }

    @Get("/guids/{guid}")
    @Operation(summary = "Shows the schema of a guid")
    String byGuid(String guid) {
        try {
            return registry.schemas()
                    .byGuid(UUID.fromString(guid))
                    .map(RegistryAnswer::schema)
                    .orElseThrow(() -> RegistryRefused.noSchema(guid));
        } catch (IllegalArgumentException noGuid) {
            throw RegistryRefused.noSchema(guid);
        }
    }

    private RegisteredSchema schema(String id) {
        try {
            return registry.schemas().byId(Integer.parseInt(id)).orElseThrow(() -> RegistryRefused.noSchema(id));
        } catch (NumberFormatException noNumber) {
            throw RegistryRefused.noSchema(id);
        }
    }
}
