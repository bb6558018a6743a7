package io.reprise.activities.run;

/** Compares things that must agree, and tells where they do not. */
@FunctionalInterface
public interface Audit {

    /** Fails where something cannot be asked; then nothing is known. */
    void run(AuditProgress progress) throws Exception;
}
