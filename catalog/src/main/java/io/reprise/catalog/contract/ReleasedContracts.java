package io.reprise.catalog.contract;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The contracts that were released: what a branch changes must leave their versions as they are.
 *
 * @param name by which people know it, such as {@code origin/main}
 * @param files text by path from the catalog's folder on
 */
public record ReleasedContracts(String name, Map<String, String> files) {

    private static final Pattern VERSION = Pattern.compile("contracts/([^/]+)/v([1-9][0-9]{0,3})\\.avsc");

    /** Where nobody knows what was released. */
    public static final ReleasedContracts NONE = new ReleasedContracts("", Map.of());

    public ReleasedContracts {
        files = Map.copyOf(files);
    }

    private boolean has(String subject, int version) {
        return files.containsKey(file(subject, version));
    }

    /** Where nobody says what was released, that is all but the newest version, which is compared with all before anyway. */
    boolean isNew(String subject, int version) {
        return !name.isEmpty() && !has(subject, version);
    }

    Set<String> subjects() {
        Set<String> subjects = new TreeSet<>();
        for (String file : files.keySet()) {
            Matcher version = VERSION.matcher(file);
            if (version.matches()) {
                subjects.add(version.group(1));
            }
        }
        return subjects;
    }

    /** Numbers of those that were released. */
    Set<Integer> versions(String subject) {
        Set<Integer> versions = new TreeSet<>();
        for (String file : files.keySet()) {
            Matcher version = VERSION.matcher(file);
            if (version.matches() && version.group(1).equals(subject)) {
                versions.add(Integer.parseInt(version.group(2)));
            }
        }
        return versions;
    }

    /** Whether a version says the same, however it is indented. */
    boolean isAsReleased(String subject, VersionDraft version) {
        String released = files.getOrDefault(file(subject, version.version()), "");
        try {
            return StrictJson.oneLine(released).equals(version.text());
        } catch (BadSchema noDocument) {
            return false;
        }
    }

    private static String file(String subject, int version) {
        return Contracts.HOME + "/" + subject + "/v" + version + ".avsc";
    }
}
