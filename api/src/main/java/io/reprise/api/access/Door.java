package io.reprise.api.access;

import java.util.Optional;

/**
 * What a caller must show.
 *
 * @param host where the api listens
 * @param token empty where the api listens on loopback only and anyone on this machine may call it
 */
public record Door(String host, Optional<Token> token) {}
