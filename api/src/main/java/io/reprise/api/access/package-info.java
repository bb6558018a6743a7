/**
 * Who may come in: a bearer token where one is configured, and on loopback without one, nobody whom a web page sent. Every
 * operator's decision is written down.
 */
package io.reprise.api.access;
