package io.reprise.catalog.pipeline;

import io.reprise.catalog.connection.ConnectionDefinition;
import io.reprise.catalog.connection.Environment;
import io.reprise.catalog.shared.CatalogFolder;
import io.reprise.catalog.shared.CatalogProblems;
import io.reprise.catalog.shared.FilePlace;
import io.reprise.catalog.shared.NearestName;
import io.reprise.catalog.shared.YamlObject;
import io.reprise.catalog.shared.YamlValue;
import io.reprise.catalog.sql.SqlDialect;
import io.reprise.catalog.sql.SqlText;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The folder of one pipeline, and what its definition may name there.
 *
 * @param home such as {@code pipelines/daily}
 */
record PipelineSource(CatalogFolder folder, String home, Environment environment, CatalogProblems problems) {

    private static final Pattern FILE = Pattern.compile("[^\\s;]+\\.sql");

    String file() {
        return home + "/pipeline.yaml";
    }

    /** The connection of a step, or the one that holds where a step says nothing. */
    Optional<String> connection(YamlObject fields, Optional<String> usual) {
        if (!fields.has("connection")) {
            if (usual.isEmpty()) {
                fields.value().refuse("no connection", "connection: here, or under defaults");
            }
            return usual;
        }
        return fields.member("connection").flatMap(this::connection);
    }

    Optional<String> connection(YamlValue value) {
        Optional<String> name = value.isScalar() ? value.text() : Optional.empty();
        if (name.isEmpty()) {
            value.refuse(value.words(), "the name of a connection");
            return name;
        }
        if (!environment.connections().containsKey(name.get())) {
            TreeSet<String> names = new TreeSet<>(environment.connections().keySet());
            value.refuseName("the unknown connection '" + name.get() + "'", name.get(), names);
        }
        return name;
    }

    Optional<SqlDialect> dialect(String connection) {
        return Optional.ofNullable(environment.connections().get(connection)).map(ConnectionDefinition::dialect);
    }

    /** The SQL of a file, where the value is the name of one, or the value itself. */
    Optional<SqlText> sql(YamlValue value) {
        Optional<String> written = value.isScalar() ? value.raw() : Optional.empty();
        if (written.isEmpty()) {
            value.refuse(value.words(), "SQL, or the name of a file that ends in .sql");
            return Optional.empty();
        }
        if (FILE.matcher(written.get()).matches()) {
            return sqlOf(written.get(), value);
        }
        FilePlace place = value.textPlace();
        return Optional.of(SqlText.within(place.file(), written.get(), place.line(), place.column() - 1));
    }

    private Optional<SqlText> sqlOf(String written, YamlValue value) {
        Optional<String> file = folder.inside(home, written);
        if (file.isEmpty()) {
            value.refuse("the file '" + written + "', which is outside the catalog", "a file of the catalog");
            return Optional.empty();
        }
        if (!folder.has(file.get())) {
            List<String> names = folder.names(home).stream()
                    .filter(name -> name.endsWith(".sql"))
                    .toList();
            value.refuseNear("the missing file '" + written + "'", "a file in " + home, NearestName.to(written, names));
            return Optional.empty();
        }
        Optional<String> text = folder.text(file.get(), problems).map(it -> it.replace("\r\n", "\n"));
        if (text.filter(String::isBlank).isPresent()) {
            problems.note(FilePlace.startOf(file.get()), "", "an empty file", "SQL");
            return Optional.empty();
        }
        return text.map(it -> SqlText.ofFile(file.get(), it));
    }

    /** As it stands in the definition, where lines of the YAML file mean nothing. */
    SqlSource source(SqlText text, String step) {
        return text.file().equals(file())
                ? new SqlSource(file() + " (step " + step + ")", text.text().strip())
                : new SqlSource(text.file(), text.text());
    }
}
