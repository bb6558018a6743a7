/**
 * Dead letters over HTTP: list, group by what ails them, show, replay, discard with a reason. A letter is decided once;
 * replaying one that turns out to be a run already starts nothing.
 */
package io.reprise.api.deadletter;
