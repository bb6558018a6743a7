/**
 * Makes the sample events of a shop, the same ones for the same seed, so that the examples have something to add up. Generating
 * a day again adds nothing.
 */
package io.reprise.cli.generate;
