package io.reprise.catalog.pipeline;

import io.reprise.catalog.shared.YamlObject;
import io.reprise.catalog.shared.YamlValue;
import io.reprise.workflows.run.Name;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the hooks of a run or of a step. */
final class HookReader {

    static final List<String> STEP_KEYS = List.of("success", "failure", "undo", "stuck");
    static final List<String> RUN_KEYS = List.of("success", "failure", "undo", "stuck", "late");
    static final List<String> LATE_KEYS = List.of("by", "do");
    static final List<String> ACTION_KEYS = List.of("log", "command", "notify");

    static final Pattern CHANNEL = Pattern.compile(Name.FORM);

    private HookReader() {}

    static Hooks ofStep(YamlObject step) {
        return read(step, STEP_KEYS);
    }

    static Hooks ofRun(YamlObject pipeline) {
        Hooks hooks = read(pipeline, RUN_KEYS);
        boolean due = pipeline.has("schedule") || pipeline.has("slot");
        if (hooks.late().isPresent() && !due) {
            pipeline.key("hooks").refuse("a late hook of a run that is never due", "a slot or a schedule beside it");
        }
        return hooks;
    }

    private static Hooks read(YamlObject owner, List<String> keys) {
        return owner.member("hooks")
                .flatMap(value -> value.object(keys))
                .map(fields -> new Hooks(
                        actions(fields, "success"),
                        actions(fields, "failure"),
                        actions(fields, "undo"),
                        actions(fields, "stuck"),
                        late(fields)))
                .orElse(Hooks.NONE);
    }

    private static Optional<Hooks.Late> late(YamlObject hooks) {
        return hooks.member("late").flatMap(value -> value.object(LATE_KEYS)).flatMap(fields -> {
            List<HookAction> actions = actions(fields, "do");
            return fields.required("by", "a time like \"02:00\"")
                    .flatMap(HookReader::time)
                    .map(by -> new Hooks.Late(by, actions));
        });
    }

    private static Optional<LocalTime> time(YamlValue value) {
        try {
            return value.text().map(LocalTime::parse);
        } catch (DateTimeException noTime) {
            value.refuse(value.words(), "a time like \"02:00\"");
            return Optional.empty();
        }
    }

    private static List<HookAction> actions(YamlObject hooks, String key) {
        List<HookAction> actions = new ArrayList<>();
        hooks.member(key).ifPresent(list -> {
            for (YamlValue item : list.items()) {
                item.object(ACTION_KEYS).flatMap(HookReader::action).ifPresent(actions::add);
            }
        });
        return actions;
    }

    private static Optional<HookAction> action(YamlObject fields) {
        List<String> keys = fields.keys();
        if (keys.size() != 1) {
            fields.value()
                    .refuse(keys.isEmpty() ? "no action" : String.join(" and ", keys), "one of log, command, notify");
            return Optional.empty();
        }
        YamlValue value = fields.member(keys.getFirst()).orElseThrow();
        return switch (keys.getFirst()) {
            case "log" -> value.text().map(HookAction.Log::new);
            case "command" -> Commands.words(value).map(HookAction.Command::new);
            default -> value.text(CHANNEL, "the name of a channel").map(HookAction.Notify::new);
        };
    }
}
