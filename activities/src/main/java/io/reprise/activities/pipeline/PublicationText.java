package io.reprise.activities.pipeline;

import io.reprise.catalog.sql.SqlDialect;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The statements of a publication in the words of one database. Tables are named <code>{target}</code>, <code>{stage}</code> and
 * <code>{kept}</code>; the scope is a condition whose names are columns of the target, so nothing that stands beside the target
 * may have a column of the same name: what is joined with it is called {@code r_1, r_2 …}.
 */
final class PublicationText {

    /** What was done to a row whose former state is kept. */
    static final String CHANGE = "reprise_change";

    private final SqlDialect dialect;
    private final String scope;
    private final List<String> columns;
    private final List<String> key;
    private final List<String> others;

    /** @param columns all that are published, key and others */
    PublicationText(SqlDialect dialect, String scope, List<String> columns, List<String> key) {
        this.dialect = dialect;
        this.scope = "(" + scope + "\n)";
        this.columns = List.copyOf(columns);
        this.key = List.copyOf(key);
        this.others = columns.stream().filter(column -> !key.contains(column)).toList();
    }

    String anyInScope() {
        return "select 1 as there from {target} where " + scope + " limit 1";
    }

    String countInScope() {
        return "select count(*) as there from {target} where " + scope;
    }

    String countStaged() {
        return "select count(*) as there from {stage}";
    }

    /** Staged rows that belong to another scope, or to none. */
    String strangers() {
        return "select * from {stage} where case when " + scope + " then 0 else 1 end = 1";
    }

    String alike() {
        return "select " + list(key, "") + ", count(*) as times from {stage} group by " + list(key, "")
                + " having count(*) > 1";
    }

    String withoutKey() {
        return "select * from {stage} where "
                + key.stream().map(column -> quoted(column) + " is null").collect(Collectors.joining(" or "));
    }

    String insertAll() {
        return "insert into {target} (" + list(columns, "") + ") select " + list(columns, "") + " from {stage}";
    }

    String deleteAll() {
        return "delete from {target} where " + scope;
    }

    /** Keeps the rows that will be updated or deleted. */
    String keepChanged() {
        return "insert into {kept} (" + CHANGE + ", " + list(columns, "") + ") select case when s." + first()
                + " is null then 'D' else 'U' end, " + list(columns, "t.") + " from (select * from {target} where "
                + scope
                + ") t left join {stage} s on " + same("t.", "s.", key) + " where s." + first() + " is null"
                + (others.isEmpty() ? "" : " or " + different());
    }

    /** Keeps the rows that will be inserted. */
    String keepInserted() {
        return "insert into {kept} (" + CHANGE + ", " + list(columns, "") + ") select 'I', " + list(columns, "s.")
                + " from {stage} s left join (select " + renamed(key, "") + " from {target} where " + scope + ") r on "
                + sameRenamed("s.") + " where r.r_" + number(key.getFirst()) + " is null";
    }

    String countKept() {
        return "select count(case when " + CHANGE + " = 'I' then 1 end) as inserted, count(case when " + CHANGE
                + " = 'U' then 1 end) as updated, count(case when " + CHANGE
                + " = 'D' then 1 end) as deleted from {kept}";
    }

    /** Deletes from the scope what is kept with that change. */
    String delete(String change) {
        String gone = "(select " + renamed(key, "") + " from {kept} where " + CHANGE + " = '" + change + "')";
        return switch (dialect) {
            case POSTGRESQL ->
                "delete from {target} as t using " + gone + " as r where " + sameRenamed("t.") + " and " + scope;
            case MARIADB, MYSQL ->
                "delete t from {target} as t join " + gone + " as r on " + sameRenamed("t.") + " where " + scope;
            case SQLITE, H2 ->
                "delete from {target} as t where " + scope + " and exists (select 1 from {kept} k where k." + CHANGE
                        + " = '" + change + "' and " + same("k.", "t.", key) + ")";
        };
    }

    /** Inserts what is kept with that change. */
    String insert(String change) {
        return "insert into {target} (" + list(columns, "") + ") select " + list(columns, "") + " from {kept} where "
                + CHANGE + " = '" + change + "'";
    }

    /** Sets rows that are kept as updated to what another table says: the stage, or what was kept. */
    String update(String from) {
        String changed = from.equals("{kept}")
                ? "(select " + renamed(columns, "") + " from {kept} where " + CHANGE + " = 'U')"
                : "(select " + renamed(columns, "s.") + " from " + from + " s join {kept} k on " + same("s.", "k.", key)
                        + " where k." + CHANGE + " = 'U')";
        return switch (dialect) {
            case POSTGRESQL, SQLITE ->
                "update {target} as t set " + assigned("") + " from " + changed + " as r where " + sameRenamed("t.")
                        + " and " + scope;
            case MARIADB, MYSQL ->
                "update {target} as t join " + changed + " as r on " + sameRenamed("t.") + " set " + assigned("t.")
                        + " where " + scope;
            case H2 ->
                "merge into {target} as t using " + changed + " as r on " + sameRenamed("t.") + " and " + scope
                        + " when matched then update set " + assigned("");
        };
    }

    private String different() {
        return switch (dialect) {
            case POSTGRESQL, H2 -> "(" + list(others, "t.") + ") is distinct from (" + list(others, "s.") + ")";
            case MARIADB, MYSQL -> "not (" + each(others, "t.", " <=> ", "s.") + ")";
            case SQLITE -> "not (" + each(others, "t.", " is ", "s.") + ")";
        };
    }

    private String same(String one, String other, List<String> names) {
        return each(names, one, " = ", other);
    }

    private String each(List<String> names, String one, String relation, String other) {
        return names.stream()
                .map(name -> one + quoted(name) + relation + other + quoted(name))
                .collect(Collectors.joining(" and "));
    }

    private String sameRenamed(String one) {
        return key.stream()
                .map(name -> one + quoted(name) + " = r.r_" + number(name))
                .collect(Collectors.joining(" and "));
    }

    private String renamed(List<String> names, String from) {
        return names.stream()
                .map(name -> from + quoted(name) + " as r_" + number(name))
                .collect(Collectors.joining(", "));
    }

    private String assigned(String to) {
        return others.stream()
                .map(name -> to + quoted(name) + " = r.r_" + number(name))
                .collect(Collectors.joining(", "));
    }

    private int number(String column) {
        return IntStream.range(0, columns.size())
                        .filter(n -> columns.get(n).equals(column))
                        .findFirst()
                        .orElseThrow()
                + 1;
    }

    boolean hasOthers() {
        return !others.isEmpty();
    }

    private String first() {
        return quoted(key.getFirst());
    }

    private String list(List<String> names, String from) {
        return names.stream().map(name -> from + quoted(name)).collect(Collectors.joining(", "));
    }

    private String quoted(String name) {
        return dialect.quote(name);
    }
}
