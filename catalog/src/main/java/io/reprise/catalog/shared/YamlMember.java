package io.reprise.catalog.shared;

/** A key of a mapping with its value. */
public record YamlMember(String name, YamlValue key, YamlValue value) {

    public void refuseName(String found, String expected) {
        key.refuse(found, expected);
    }
}
