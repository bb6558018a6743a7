/** The JSON Schemas of what people write, for editors: made from the keys that the readers know. */
package io.reprise.catalog.schema;
