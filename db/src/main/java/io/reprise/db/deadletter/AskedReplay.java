package io.reprise.db.deadletter;

/** A replay that somebody asked of the worker that reads the letter's source. */
public record AskedReplay(DeadLetter letter, String actor) {}
