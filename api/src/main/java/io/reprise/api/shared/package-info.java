/**
 * What every resource of the api needs: the server itself, problems instead of stack traces, and the guard at the door. A
 * refused request has changed nothing.
 */
package io.reprise.api.shared;
