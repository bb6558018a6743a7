package io.reprise.api.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.reprise.db.access.OperatorAudit;
import java.util.Map;

/** Writes down what an operator decided and had done. */
public final class Decisions {

    private static final JsonMapper JSON = new JsonMapper();

    private final OperatorAudit audit;

    public Decisions(OperatorAudit audit) {
        this.audit = audit;
    }

    /**
     * Adds one decision to the operators' audit.
     *
     * @param verb such as {@code run.cancel}
     * @param target what it was about: a workflow id, a trigger, a dead letter
     */
    public void write(Actor actor, String verb, String target, Map<String, String> details) {
        audit.record(actor.name(), verb, target, json(details));
    }

    private static String json(Map<String, String> details) {
        try {
            return JSON.writeValueAsString(details);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write a decision's details as JSON: " + details.keySet(), e);
        }
    }
}
