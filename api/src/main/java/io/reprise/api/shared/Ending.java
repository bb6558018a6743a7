package io.reprise.api.shared;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import java.util.Optional;

/** How the run stands that stood in the way. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Ending(
        String runId, String workflowId, Forward forward, Compensation compensation, Optional<String> reason) {}
