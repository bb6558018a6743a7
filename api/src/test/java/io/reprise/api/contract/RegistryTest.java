package io.reprise.api.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reprise.api.shared.Caller;
import io.reprise.api.shared.Stage;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistryTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String TYPE = "application/vnd.schemaregistry.v1+json";
    private static final String FIRST = record("");
    private static final String SECOND = record(",{\"name\":\"b\",\"type\":\"int\",\"default\":0}");
    private static final String BREAKING = record(",{\"name\":\"c\",\"type\":\"int\"}");

    private static Stage stage;
    private static Caller caller;

    @BeforeAll
    static void start() {
        stage = new Stage();
        caller = stage.caller();
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    private static String record(String more) {
        return "{\"type\":\"record\",\"name\":\"E\",\"fields\":[{\"name\":\"a\",\"type\":\"string\"}" + more + "]}";
    }

    private static String wish(String schema) {
        return JSON.createObjectNode().put("schema", schema).toString();
    }

    private static Caller.Answer send(String method, String path, String body) {
        return caller.send(caller.request("/registry" + path)
                .header("Content-Type", TYPE)
                .header("Accept", TYPE + ", application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    private static JsonNode done(String method, String path, String body) {
        Caller.Answer answer = send(method, path, body);
        assertThat(answer.status())
                .as(method + " " + path + ": " + answer.body())
                .isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith(TYPE);
        return answer.json();
    }

    private static void refused(int code, String method, String path, String body) {
        Caller.Answer answer = send(method, path, body);
        assertThat(answer.json().path("error_code").asInt()).as(answer.body()).isEqualTo(code);
        assertThat(answer.status()).isEqualTo(code < 1_000 ? code : code / 100);
        assertThat(answer.json().path("message").asText()).isNotBlank();
    }

    @Test
    void registersAndFindsSchemas() {
        String first = FIRST.replace("\"E\"", "\"Find\"");
        String second = SECOND.replace("\"E\"", "\"Find\"");
        int id = done("POST", "/subjects/find/versions", wish(first)).path("id").asInt();
        int next =
                done("POST", "/subjects/find/versions", wish(second)).path("id").asInt();

        assertThat(next).isGreaterThan(id);
        assertThat(done("POST", "/subjects/find/versions", wish(first.replace(",", ", ")))
                        .path("id")
                        .asInt())
                .isEqualTo(id);
        assertThat(done("POST", "/subjects/elsewhere/versions", wish(first))
                        .path("id")
                        .asInt())
                .isEqualTo(id);
        JsonNode byId = done("GET", "/schemas/ids/" + id, "");
        assertThat(byId.path("schema").asText()).isEqualTo(first);
        assertThat(done("GET", "/schemas/guids/" + byId.path("guid").asText(), "")
                        .path("schema")
                        .asText())
                .isEqualTo(first);
        assertThat(done("GET", "/schemas/ids/" + id + "/schema", "")
                        .path("name")
                        .asText())
                .isEqualTo("Find");
        assertThat(done("GET", "/schemas/ids/" + id + "/versions", "").toString())
                .isEqualTo("[{\"subject\":\"elsewhere\",\"version\":1},{\"subject\":\"find\",\"version\":1}]");
        assertThat(done("GET", "/schemas/ids/" + id + "/subjects", "").toString())
                .isEqualTo("[\"elsewhere\",\"find\"]");
        assertThat(done("GET", "/schemas/types", "").toString()).isEqualTo("[\"AVRO\"]");
        assertThat(done("GET", "/subjects", "").toString()).contains("\"find\"");
        assertThat(done("GET", "/subjects/find/versions", "").toString()).isEqualTo("[1,2]");
        for (String newest : new String[] {"2", "latest", "-1"}) {
            JsonNode version = done("GET", "/subjects/find/versions/" + newest, "");
            assertThat(version.path("subject").asText()).isEqualTo("find");
            assertThat(version.path("version").asInt()).isEqualTo(2);
            assertThat(version.path("id").asInt()).isEqualTo(next);
            assertThat(version.path("schema").asText()).isEqualTo(second);
        }
        assertThat(done("POST", "/subjects/find", wish(first)).path("version").asInt())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            40401 | GET    | /subjects/nobody/versions          |
            40401 | GET    | /subjects/nobody/versions/1        |
            40402 | GET    | /subjects/known/versions/99        |
            42202 | GET    | /subjects/known/versions/first     |
            42202 | GET    | /subjects/known/versions/0         |
            40403 | GET    | /schemas/ids/999999                |
            40403 | GET    | /schemas/ids/99999999999           |
            40403 | GET    | /schemas/guids/0                   |
            40403 | GET    | /schemas/guids/01234567-89ab-cdef-8899-aabbccddeeff |
            40401 | POST   | /subjects/nobody                   | {"schema": "\\"int\\""}
            40403 | POST   | /subjects/known                    | {"schema": "\\"bytes\\""}
            42201 | POST   | /subjects/known/versions           | {"schema": "{"}
            42201 | POST   | /subjects/known/versions           | {"schema": "\\"a.B\\""}
            42201 | POST   | /subjects/known/versions           | {}
            42201 | POST   | /subjects/known/versions           | {"schemaType": "PROTOBUF", "schema": "syntax"}
            42201 | POST   | /subjects/known/versions           | {"schemaType": "JSON", "schema": "{}"}
            42201 | POST   | /subjects/known/versions           | {"schema": "\\"int\\"", "references": [{"name": "x"}]}
            42200 | POST   | /subjects/known/versions           | [
            409   | POST   | /subjects/known/versions           | {"schema": "\\"int\\""}
            42203 | PUT    | /config/known                      | {"compatibility": "SOME"}
            42203 | PUT    | /config                            | {}
            42204 | PUT    | /mode/known                        | {"mode": "IMPORT"}
            40408 | GET    | /config/known                      |
            40409 | GET    | /mode/known                        |
            40407 | DELETE | /subjects/known/versions/1?permanent=true |
            40405 | DELETE | /subjects/known?permanent=true     |
            """)
    void saysNoWithTheNumbersThatClientsKnow(int code, String method, String path, String body) {
        done("POST", "/subjects/known/versions", wish(FIRST));

        refused(code, method, path, body == null ? "" : body);
    }

    @Test
    void asksWhetherASchemaGoesWithAVersion() {
        done("POST", "/subjects/asked/versions", wish(FIRST));

        assertThat(done("POST", "/compatibility/subjects/asked/versions/latest", wish(SECOND))
                        .toString())
                .isEqualTo("{\"is_compatible\":true}");
        JsonNode no = done("POST", "/compatibility/subjects/asked/versions/1?verbose=true", wish(BREAKING));
        assertThat(no.path("is_compatible").asBoolean()).isFalse();
        assertThat(no.at("/messages/0").asText())
                .isEqualTo("the new schema cannot read records of the old one: reader field missing default value at"
                        + " /fields/1, c");
        assertThat(done("POST", "/compatibility/subjects/asked/versions", wish(BREAKING))
                        .path("is_compatible")
                        .asBoolean())
                .isFalse();
        refused(409, "POST", "/subjects/asked/versions", wish(BREAKING));
    }

    @Test
    void asksOnlyForWhatIsPromised() {
        done("POST", "/subjects/promise/versions", wish(FIRST));
        assertThat(done("GET", "/config", "").toString()).isEqualTo("{\"compatibilityLevel\":\"BACKWARD\"}");
        assertThat(done("GET", "/config/promise?defaultToGlobal=true", "").toString())
                .isEqualTo("{\"compatibilityLevel\":\"BACKWARD\"}");

        assertThat(done("PUT", "/config/promise", "{\"compatibility\":\"NONE\"}")
                        .toString())
                .isEqualTo("{\"compatibility\":\"NONE\"}");

        assertThat(done("GET", "/config/promise", "").toString()).isEqualTo("{\"compatibilityLevel\":\"NONE\"}");
        done("POST", "/subjects/promise/versions", wish(BREAKING));
        done("DELETE", "/config/promise", "");
        refused(40408, "GET", "/config/promise", "");
    }

    @Test
    void aReadOnlySubjectTakesNothing() {
        done("POST", "/subjects/closed/versions", wish(FIRST));
        done("PUT", "/mode/closed", "{\"mode\":\"READONLY\"}");

        refused(42205, "POST", "/subjects/closed/versions", wish(SECOND));
        refused(42205, "DELETE", "/subjects/closed", "");
        assertThat(done("GET", "/mode/closed", "").toString()).isEqualTo("{\"mode\":\"READONLY\"}");
        assertThat(done("GET", "/mode", "").toString()).isEqualTo("{\"mode\":\"READWRITE\"}");

        done("DELETE", "/mode/closed", "");
        done("POST", "/subjects/closed/versions", wish(SECOND));
    }

    @Test
    void deletesSoftlyFirstAndForGoodThen() {
        int id = done("POST", "/subjects/gone/versions", wish(FIRST)).path("id").asInt();
        done("POST", "/subjects/gone/versions", wish(SECOND));

        assertThat(done("DELETE", "/subjects/gone/versions/1", "").toString()).isEqualTo("1");
        refused(40406, "DELETE", "/subjects/gone/versions/1", "");
        refused(40402, "GET", "/subjects/gone/versions/1", "");
        assertThat(done("GET", "/subjects/gone/versions/1?deleted=true", "")
                        .path("id")
                        .asInt())
                .isEqualTo(id);
        assertThat(done("DELETE", "/subjects/gone", "").toString()).isEqualTo("[2]");
        refused(40401, "GET", "/subjects/gone/versions", "");
        refused(40404, "DELETE", "/subjects/gone", "");
        assertThat(done("DELETE", "/subjects/gone?permanent=true", "").toString())
                .isEqualTo("[1,2]");

        assertThat(done("GET", "/schemas/ids/" + id, "").path("schema").asText())
                .isEqualTo(FIRST);
        assertThat(done("POST", "/subjects/gone/versions", wish(FIRST))
                        .path("version")
                        .asInt())
                .isEqualTo(3);
    }

    @Test
    void whatACatalogSaysIsRegisteredAndDriftIsTold() {
        done("POST", "/subjects/shop.events/versions", wish(SECOND));
        ObjectNode catalog = JSON.createObjectNode();
        catalog.putArray("contracts").add(contract("shop.events")).add(contract("shop.orders"));

        Caller.Answer applied = caller.post("/api/v1/catalog/apply", catalog.toString());

        assertThat(applied.status()).as(applied.body()).isEqualTo(200);
        assertThat(applied.json().path("drift").size()).isEqualTo(1);
        assertThat(applied.json().at("/drift/0").asText())
                .startsWith("shop.events version 1: the registry has another schema there, with id ");
        assertThat(done("GET", "/subjects/shop.orders/versions/1", "")
                        .path("schema")
                        .asText())
                .isEqualTo(FIRST);
        assertThat(done("GET", "/config/shop.orders", "").toString()).isEqualTo("{\"compatibilityLevel\":\"FULL\"}");
        assertThat(done("GET", "/subjects/shop.events/versions/1", "")
                        .path("schema")
                        .asText())
                .isEqualTo(SECOND);
        JsonNode shown = caller.get("/api/v1/contracts/shop.orders").json();
        assertThat(shown.path("owner").asText()).isEqualTo("shop");
        assertThat(shown.at("/versions/0/id").asInt()).isPositive();
        assertThat(shown.path("drift").isEmpty()).isTrue();
        assertThat(shown.at("/registered/compatibility").asText()).isEqualTo("FULL");
        assertThat(shown.at("/registered/mode").asText()).isEqualTo("READWRITE");
        assertThat(shown.at("/registered/versions/0/guid").asText()).hasSize(36);
        assertThat(shown.at("/registered/versions/0/schema").asText()).isEqualTo(FIRST);
        assertThat(caller.get("/api/v1/contracts").json().at("/items/0/drift/0").asText())
                .contains("another schema");
        assertThat(caller.get("/api/v1/contracts/none").status()).isEqualTo(404);
    }

    @Test
    void whatWasRegisteredPastTheCatalogIsToldAsDrift() {
        ObjectNode catalog = JSON.createObjectNode();
        catalog.putArray("contracts").add(contract("shop.past"));
        assertThat(caller.post("/api/v1/catalog/apply", catalog.toString()).status())
                .isEqualTo(200);
        done("POST", "/subjects/shop.past/versions", wish(SECOND));
        done("PUT", "/mode/shop.past", "{\"mode\":\"READONLY\"}");

        JsonNode ahead = caller.get("/api/v1/contracts/shop.past").json();

        assertThat(ahead.at("/drift/0").asText())
                .isEqualTo("shop.past version 2: the catalog does not have this version");
        assertThat(ahead.at("/registered/mode").asText()).isEqualTo("READONLY");
        assertThat(ahead.at("/registered/versions")).hasSize(2);

        done("DELETE", "/mode/shop.past", "");
        done("DELETE", "/subjects/shop.past/versions/2", "");
        JsonNode behind = caller.get("/api/v1/contracts/shop.past").json();

        assertThat(behind.path("drift").isEmpty()).isTrue();
        assertThat(behind.at("/registered/versions/1/deleted").asBoolean()).isTrue();
    }

    private static String contract(String subject) {
        ObjectNode text = JSON.createObjectNode();
        text.put("contract", subject).put("topic", subject).put("owner", "shop").put("compatibility", "FULL");
        text.putObject("tags");
        text.putArray("retired");
        text.putArray("waivers");
        text.putArray("versions").addObject().put("version", 1).put("schema", FIRST);
        return text.toString();
    }
}
