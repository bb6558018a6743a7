package io.reprise.dbgen;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jooq.codegen.GenerationTool;
import org.jooq.codegen.JavaGenerator;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.ForcedType;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Target;
import org.jooq.meta.postgres.PostgresDatabase;

/** {@code GenerateLedger <migrations folder> <output folder>}: migrates a throw-away PostgreSQL and reads its schema. */
public final class GenerateLedger {

    private static final String SCHEMA = "reprise";
    private static final String PACKAGE = "io.reprise.db.ledger";
    private static final String HISTORY_AND_PARTITIONS = "flyway_schema_history|\\w+_\\d{4}_\\d{2}(_\\d{2})?";

    private GenerateLedger() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 2) {
            throw new IllegalArgumentException(
                    "cannot generate from " + List.of(arguments) + " (expected: <migrations folder> <output folder>)");
        }
        Path migrations = Path.of(arguments[0]);
        Path output = Path.of(arguments[1]);
        Stamp stamp = new Stamp(migrations, output);
        if (stamp.isCurrent()) {
            return;
        }
        Files.createDirectories(output);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            migrate(postgres.getPostgresDatabase(), migrations);
            generate(postgres.getPostgresDatabase(), output);
        }
        stamp.write();
    }

    private static void migrate(DataSource database, Path migrations) {
        Flyway.configure()
                .dataSource(database)
                .schemas(SCHEMA)
                .locations("filesystem:" + migrations.toAbsolutePath())
                .load()
                .migrate();
    }

    private static void generate(DataSource database, Path output) throws Exception {
        GenerationTool tool = new GenerationTool();
        tool.setDataSource(database);
        tool.run(new Configuration()
                .withGenerator(new Generator()
                        .withName(JavaGenerator.class.getName())
                        .withDatabase(new Database()
                                .withName(PostgresDatabase.class.getName())
                                .withInputSchema(SCHEMA)
                                .withIncludes(".*")
                                .withExcludes(HISTORY_AND_PARTITIONS)
                                .withForcedTypes(types()))
                        .withGenerate(new Generate()
                                .withRecords(false)
                                .withGeneratedAnnotation(false)
                                .withComments(false)
                                .withImplicitJoinPathsToOne(false)
                                .withImplicitJoinPathsToMany(false)
                                .withImplicitJoinPathsManyToMany(false)
                                .withJavaTimeTypes(true))
                        .withTarget(new Target()
                                .withPackageName(PACKAGE)
                                .withDirectory(output.toString())
                                .withClean(true))));
    }

    private static List<ForcedType> types() {
        return List.of(
                new ForcedType().withName("INSTANT").withIncludeTypes("timestamp.*"),
                enumeration("io.reprise.workflows.run.Forward", ".*\\.forward"),
                enumeration("io.reprise.workflows.run.Compensation", ".*\\.compensation"),
                enumeration("io.reprise.workflows.run.StepMode", ".*\\.mode"));
    }

    private static ForcedType enumeration(String type, String columns) {
        return new ForcedType().withUserType(type).withEnumConverter(true).withIncludeExpression(columns);
    }
}
