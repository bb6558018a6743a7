package io.reprise.api.contract;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.reprise.api.shared.Listing;
import io.reprise.api.shared.Refused;
import io.reprise.catalog.contract.ContractDefinition;
import io.reprise.db.pipeline.Definition;
import io.reprise.db.pipeline.Definitions;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

/** What is agreed on the records of topics. */
@Tag(name = "contracts")
@Controller("/api/v1/contracts")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ContractsController {

    private static final String KIND = "contract";

    private final Definitions definitions;
    private final Registry registry;
    private final ContractRegistration registration;

    ContractsController(Definitions definitions, Registry registry, ContractRegistration registration) {
        this.definitions = definitions;
        this.registry = registry;
        this.registration = registration;
    }

    @Get
    @Operation(
            summary = "Lists the contracts of the catalog that is applied, and where the registry has something else")
    Listing<ContractView> list() {
        return new Listing<>(definitions.current(KIND).stream().map(this::view).toList(), null);
    }

    @Get("/{subject}")
    @Operation(summary = "Shows a contract with all its versions")
    ContractView show(String subject) {
        return definitions
                .current(KIND, subject)
                .map(this::view)
                .orElseThrow(() -> Refused.notFound("a contract", subject));
    }

    private ContractView view(Definition definition) {
        ContractDefinition contract = ContractDefinition.fromJson(definition.text());
        return ContractView.of(
                contract,
                definition.hash(),
                ContractView.Registered.of(definition.name(), registry),
                registration.drifts(contract));
    }
}
