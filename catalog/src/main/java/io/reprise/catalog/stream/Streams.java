package io.reprise.catalog.stream;

import io.reprise.catalog.connection.ConnectionDefinition;
import io.reprise.catalog.contract.ContractDefinition;
import io.reprise.catalog.shared.CatalogFolder;
import io.reprise.catalog.shared.CatalogProblems;
import io.reprise.catalog.shared.FilePlace;
import io.reprise.catalog.shared.YamlText;
import io.reprise.workflows.run.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The streams of a catalog. */
public final class Streams {

    /** The folder in which they are. */
    public static final String HOME = "streams";

    private static final String ENDING = ".yaml";

    private Streams() {}

    /** Those that can be read, by name; what is wrong with the others, and with these, is noted. */
    public static List<StreamDefinition> read(
            CatalogFolder folder,
            Map<String, ConnectionDefinition> connections,
            List<ContractDefinition> contracts,
            CatalogProblems problems) {
        StreamReader reader = new StreamReader(
                connections,
                contracts.stream().collect(Collectors.toMap(it -> it.subject().value(), Function.identity())));
        List<StreamDefinition> streams = new ArrayList<>();
        for (String file : folder.names(HOME)) {
            String path = HOME + "/" + file;
            String name = file.endsWith(ENDING) ? file.substring(0, file.length() - ENDING.length()) : "";
            if (!Name.isName(name) || folder.isFolder(path)) {
                problems.note(FilePlace.startOf(path), "", "'" + file + "'", "<stream>.yaml, a name, " + Name.FORM);
                continue;
            }
            folder.text(path, problems)
                    .flatMap(text -> YamlText.read(path, text, problems))
                    .flatMap(value -> reader.read(name, value))
                    .ifPresent(streams::add);
        }
        return streams;
    }
}
