package io.reprise.api.contract;

/** Where the catalog and the registry do not say the same of a version. */
public record ContractDrift(String subject, int version, String words) {

    @Override
    public String toString() {
        return subject + " version " + version + ": " + words;
    }
}
