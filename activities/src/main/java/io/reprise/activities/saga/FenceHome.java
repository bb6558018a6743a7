package io.reprise.activities.saga;

import java.util.Optional;

/**
 * A database in which runs leave fences.
 *
 * @param name for people, such as {@code connection warehouse}
 * @param fences none where nobody here may look into it
 */
public record FenceHome(String name, Optional<Fences> fences) {}
