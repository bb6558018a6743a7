package io.reprise.api.contract;

/** The registry says no, with the number by which its clients know why. */
final class RegistryRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why, with the number on the wire. */
    enum Reason {
        SUBJECT_NOT_FOUND(40401),
        VERSION_NOT_FOUND(40402),
        SCHEMA_NOT_FOUND(40403),
        SUBJECT_DELETED(40404),
        SUBJECT_NOT_DELETED(40405),
        VERSION_DELETED(40406),
        VERSION_NOT_DELETED(40407),
        NO_COMPATIBILITY(40408),
        NO_MODE(40409),
        INCOMPATIBLE(409),
        BAD_SCHEMA(42201),
        BAD_VERSION(42202),
        BAD_COMPATIBILITY(42203),
        BAD_MODE(42204),
        NOT_ALLOWED(42205),
        BAD_REQUEST(42200);

        private final int code;

        Reason(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }

        int status() {
            return code < 1_000 ? code : code / 100;
        }
    }

    private final Reason reason;

    RegistryRefused(Reason reason, String words) {
        super(words);
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }

    static RegistryRefused noSubject(String subject) {
        return new RegistryRefused(Reason.SUBJECT_NOT_FOUND, "Subject '" + subject + "' not found.");
    }

    static RegistryRefused noVersion(String version) {
        return new RegistryRefused(Reason.VERSION_NOT_FOUND, "Version " + version + " not found.");
    }

    static RegistryRefused noSchema(String found) {
        return new RegistryRefused(Reason.SCHEMA_NOT_FOUND, "Schema " + found + " not found.");
    }
}
