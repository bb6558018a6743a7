/** Shows the databases that steps may use, and has them prepared by the workers that serve them. */
package io.reprise.api.connection;
