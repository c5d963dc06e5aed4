/**
 * Read-only reconstruction of a session from its stored events. Nothing in here can write: it reads
 * through a transaction that the database itself holds to reading.
 */
package org.steerstudy.replay;
