package io.reprise.worker.shared;

import java.util.HashMap;
import java.util.Map;

/** What is wrong with things of a catalog, by their names: each complaint is news once. */
public final class Complaints {

    private final Map<String, String> known = new HashMap<>();

    /** Answers whether it is news. */
    public boolean isNews(String name, Exception found) {
        String words = String.valueOf(found.getMessage());
        return !words.equals(known.put(name, words));
    }

    public void settled(String name) {
        known.remove(name);
    }
}
