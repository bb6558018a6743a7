package io.reprise.activities.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.reprise.activities.sql.SqlOutcome;
import io.reprise.activities.sql.SqlValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a check found.
 *
 * @param offending how many rows offend
 * @param sample JSON array: the first of them, an object each
 */
record CheckFinding(String name, long offending, String sample) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int LONGEST_VALUE = 200;

    static CheckFinding of(String name, SqlOutcome answer) {
        List<Map<String, String>> rows = new ArrayList<>();
        for (List<SqlValue> row : answer.first()) {
            Map<String, String> shown = new LinkedHashMap<>();
            for (int column = 0; column < row.size(); column++) {
                shown.put(
                        answer.columns().get(column), shortened(row.get(column).shown()));
            }
            rows.add(shown);
        }
        return new CheckFinding(name, answer.answered(), json(rows));
    }

    boolean passed() {
        return offending == 0;
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "…";
    }

    private static String json(List<Map<String, String>> rows) {
        try {
            return JSON.writeValueAsString(rows);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("cannot write texts as JSON", impossible);
        }
    }
}
