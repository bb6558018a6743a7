package io.reprise.db.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class GoldenSchemaTest {

    @RegisterExtension
    static final TestLedger DATABASE = new TestLedger();

    private static final Path MIGRATIONS = Path.of("src/main/resources/reprise/ledger");
    private static final Path ACTUAL = Path.of("target/ledger-schema.txt");
    private static final Pattern LOCKS = Pattern.compile(
            "(?:create table|alter table|drop table|insert into|update|delete from|create (?:unique )?index \\w+ on)"
                    + "(?: if exists| only)? reprise\\.(\\w+)");

    private static final String SCHEMA = """
            select line from (
              select 'table ' || c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
                     || case when a.attnotnull then ' not null' else '' end
                     || case when a.attidentity <> '' then ' identity' else '' end
                     || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '') as line
              from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                   left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
              where c.relnamespace = 'reprise'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
              union all
              select 'partitioned ' || c.relname || ' ' || pg_get_partkeydef(c.oid) from pg_class c
              where c.relnamespace = 'reprise'::regnamespace and c.relkind = 'p'
              union all
              select 'constraint ' || r.relname || '.' || c.conname || ' ' || pg_get_constraintdef(c.oid)
              from pg_constraint c join pg_class r on r.oid = c.conrelid
              where c.connamespace = 'reprise'::regnamespace and not r.relispartition
              union all
              select 'index ' || pg_get_indexdef(i.indexrelid) from pg_index i join pg_class r on r.oid = i.indrelid
              where r.relnamespace = 'reprise'::regnamespace and not r.relispartition
              union all
              select 'view ' || v.viewname || ' ' || md5(v.definition) from pg_views v where v.schemaname = 'reprise'
              union all
              select 'function ' || p.proname || '(' || pg_get_function_arguments(p.oid) || ') ' || md5(p.prosrc)
              from pg_proc p where p.pronamespace = 'reprise'::regnamespace
            ) as schema where line not like '%flyway_schema_history%' order by line collate "C"
            """;

    @Test
    void theMigrationsAddUpToTheGoldenSchema() throws IOException {
        String actual = DATABASE.sql().fetch(SCHEMA).stream()
                .map(row -> row.get(0, String.class))
                .collect(Collectors.joining("\n", "", "\n"));
        Files.createDirectories(ACTUAL.toAbsolutePath().getParent());
        Files.writeString(ACTUAL, actual);

        assertThat(actual)
                .as(
                        "the schema of the ledger changed; if that is meant, copy db/%s over"
                                + " db/src/test/resources/golden/ledger-schema.txt",
                        ACTUAL)
                .isEqualTo(golden());
    }

    @Test
    void aMigrationLocksOneThing() throws IOException {
        for (Path migration : migrations()) {
            Matcher locks = LOCKS.matcher(Files.readString(migration).split("language plpgsql", -1)[0]);

            TreeSet<String> locked =
                    new TreeSet<>(locks.results().map(lock -> lock.group(1)).toList());

            assertThat(locked)
                    .as(
                            "tables that %s locks (expected: one; put the others into migrations of their own)",
                            migration.getFileName())
                    .hasSizeLessThanOrEqualTo(1);
        }
    }

    @Test
    void aMigrationIsNamedByItsFeature() throws IOException {
        assertThat(migrations())
                .isNotEmpty()
                .allSatisfy(
                        migration -> assertThat(migration.getFileName().toString())
                                .matches(
                                        "V[0-9]{3}__(run|trigger|deadletter|access|pipeline|connection|schedule|backfill|stream|sensor|contract)_[a-z_]+\\.sql"));
    }

    private static List<Path> migrations() throws IOException {
        try (Stream<Path> files = Files.list(MIGRATIONS)) {
            return files.sorted().toList();
        }
    }

    private static String golden() throws IOException {
        try (InputStream golden = GoldenSchemaTest.class.getResourceAsStream("/golden/ledger-schema.txt")) {
            return golden == null ? "" : new String(golden.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
