package io.reprise.api.run;

import java.util.Map;

/** What an operator asks of a step that waits for one. */
sealed interface StepVerb {

    String word();

    Map<String, String> details();

    record Retry() implements StepVerb {
        @Override
        public String word() {
            return "retry";
        }

        @Override
        public Map<String, String> details() {
            return Map.of();
        }
    }

    record Skip(String reason) implements StepVerb {
        @Override
        public String word() {
            return "skip";
        }

        @Override
        public Map<String, String> details() {
            return Map.of("reason", reason);
        }
    }

    record Approve(String by, String reason) implements StepVerb {
        @Override
        public String word() {
            return "approve";
        }

        @Override
        public Map<String, String> details() {
            return Map.of("reason", reason);
        }
    }

    record Reject(String by, String reason) implements StepVerb {
        @Override
        public String word() {
            return "reject";
        }

        @Override
        public Map<String, String> details() {
            return Map.of("reason", reason);
        }
    }
}
