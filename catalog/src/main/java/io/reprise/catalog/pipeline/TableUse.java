package io.reprise.catalog.pipeline;

import io.reprise.catalog.shared.YamlValue;

/** A place where a definition names a table, outside SQL. */
record TableUse(String alias, YamlValue at) {}
