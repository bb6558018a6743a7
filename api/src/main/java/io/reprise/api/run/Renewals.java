package io.reprise.api.run;

import io.reprise.db.run.Renewal;
import io.reprise.db.run.Run;

/** Finds with what a run would be accepted by the definition that is current. */
@FunctionalInterface
public interface Renewals {

    Renewal of(Run run);
}
