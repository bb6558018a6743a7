package io.reprise.api.connection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reprise.api.shared.Caller;
import io.reprise.api.shared.Stage;
import io.reprise.catalog.connection.ConnectionDefinition;
import io.reprise.catalog.connection.Password;
import io.reprise.catalog.shared.Secret;
import io.reprise.catalog.sql.SqlDialect;
import io.reprise.workflows.connection.ConnectionPreparing;
import io.reprise.workflows.connection.ConnectionSteps;
import io.reprise.workflows.connection.ConnectionWorkflow;
import io.reprise.workflows.connection.Prepared;
import io.reprise.workflows.run.Name;
import io.temporal.failure.ApplicationFailure;
import io.temporal.worker.WorkerFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ConnectionsTest {

    private static final JsonMapper JSON = new JsonMapper();

    private static Stage stage;
    private static Caller caller;
    private static WorkerFactory workers;

    @BeforeAll
    static void start() {
        stage = new Stage();
        caller = stage.caller();
        workers = WorkerFactory.newInstance(stage.temporal());
        workers.newWorker(ConnectionWorkflow.TASK_QUEUE).registerWorkflowImplementationTypes(ConnectionPreparing.class);
        workers.newWorker("sql.warehouse").registerActivitiesImplementations((ConnectionSteps) order ->
                new Prepared(order.connection(), "MariaDB 11.4", List.of("create table"), "fenced", List.of("held")));
        workers.newWorker("sql.locked").registerActivitiesImplementations((ConnectionSteps) order -> {
            throw ApplicationFailure.newFailure("permission denied for schema", "ConnectionNotPrepared");
        });
        workers.start();
        ObjectNode catalog = JSON.createObjectNode();
        catalog.putArray("connections")
                .add(connection("warehouse").json())
                .add(connection("locked").json());
        assertThat(caller.post("/api/v1/catalog/apply", catalog.toString()).status())
                .isEqualTo(200);
    }

    @AfterAll
    static void stop() {
        workers.shutdownNow();
        stage.close();
    }

    @Test
    void connectionsAreListedWithoutTheirPasswords() {
        Caller.Answer listed = caller.get("/api/v1/connections");

        assertThat(listed.json().at("/items"))
                .extracting(item -> item.path("name").asText())
                .containsExactly("locked", "warehouse");
        assertThat(listed.json().at("/items/1/url").asText()).isEqualTo("jdbc:mariadb://db:3306/mart");
        assertThat(listed.json().toString()).doesNotContain("s3cret");
    }

    @Test
    void aWorkerPreparesAndAnswers() {
        JsonNode prepared = prepare("warehouse", "{\"how\":\"probe\"}").json();

        assertThat(prepared.at("/guarantee").asText()).isEqualTo("fenced");
        assertThat(prepared.at("/ddl/0").asText()).isEqualTo("create table");
    }

    @Test
    void theWordsOfADatabaseThatRefusesReachWhoeverAsked() {
        Caller.Answer refused = prepare("locked", "{}");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().at("/detail").asText()).isEqualTo("permission denied for schema");
    }

    @Test
    void whatCannotBePreparedIsRefused() {
        assertThat(prepare("nowhere", "{}").status()).isEqualTo(404);
        assertThat(prepare("warehouse", "{\"how\":\"quickly\"}")
                        .json()
                        .at("/errors/0/pointer")
                        .asText())
                .isEqualTo("/how");
    }

    private static Caller.Answer prepare(String connection, String body) {
        return caller.post("/api/v1/connections/" + connection + "/prepare", body);
    }

    private static ConnectionDefinition connection(String name) {
        return new ConnectionDefinition(
                new Name(name),
                SqlDialect.MARIADB,
                "jdbc:mariadb://db:3306/mart",
                Optional.of("etl"),
                new Password.Written(new Secret("s3cret")),
                2,
                4,
                Optional.empty(),
                Map.of());
    }
}
