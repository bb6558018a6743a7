/** Orders on the command line. Placing the same order again places nothing twice; cancel undoes it. */
package io.reprise.cli.order;
