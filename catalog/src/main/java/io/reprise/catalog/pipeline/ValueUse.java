package io.reprise.catalog.pipeline;

import io.reprise.catalog.shared.YamlValue;

/**
 * A place where a definition reads a value by name, outside SQL.
 *
 * @param inWhen whether the run itself reads it, which knows parameters and outputs only
 */
record ValueUse(String name, YamlValue at, boolean inWhen) {}
