package io.reprise.catalog.shared;

/** A value that is no value of its setting. */
final class BadSetting extends Exception {

    BadSetting(String found) {
        super(found);
    }
}
