package io.reprise.api.run;

import io.reprise.db.run.NewRun;
import java.util.Set;

/** A kind of run that can be started by its name and input. */
public interface RunKind {

    /** As it stands in requests, such as {@code order}. */
    String word();

    /** The members of a request that stand for its input; none where it has an {@code input} of its own. */
    Set<String> members();

    /**
     * Checks name and input and makes them a run to be accepted; refuses with everything that is wrong.
     *
     * @param root JSON pointer to the input in the caller's document
     */
    NewRun read(String name, byte[] input, String root);
}
