package io.reprise.bench.shared;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** What a benchmark found, on which machine, with which commit. */
public record BenchResult(String bench, String commit, String machine, List<Figure> figures) {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    public BenchResult {
        figures = List.copyOf(figures);
    }

    public static BenchResult here(String bench, List<Figure> figures) {
        return new BenchResult(bench, Machine.commit(), Machine.description(), figures);
    }

    /** One document with stable names; {@code goal} and {@code met} are null for a plain figure. */
    public String json() {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("bench", bench).put("commit", commit).put("machine", machine);
        ArrayNode list = document.putArray("figures");
        for (Figure figure : figures) {
            list.addObject()
                    .put("name", figure.name())
                    .put("value", figure.value())
                    .put("unit", figure.unit())
                    .put("goal", figure.goal().map(Goal::bound).orElse(null))
                    .put("met", figure.met().orElse(null));
        }
        try {
            return JSON.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write the result of bench " + bench + " as JSON", e);
        }
    }

    public String table() {
        int widest = figures.stream()
                .mapToInt(figure -> figure.name().length())
                .max()
                .orElse(0);
        StringBuilder text = new StringBuilder();
        text.append("bench   ").append(bench).append('\n');
        text.append("commit  ").append(commit).append('\n');
        text.append("machine ").append(machine).append("\n\n");
        for (Figure figure : figures) {
            text.append(String.format(
                            "%-" + (widest + 2) + "s %12s %-9s %s",
                            figure.name(),
                            figure.value().toPlainString(),
                            figure.unit(),
                            verdict(figure))
                    .stripTrailing());
            text.append('\n');
        }
        return text.toString();
    }

    private static String verdict(Figure figure) {
        Optional<Goal> goal = figure.goal();
        if (goal.isEmpty()) {
            return "";
        }
        return "goal " + goal.get() + (figure.met().orElseThrow() ? "  met" : "  MISSED");
    }
}
