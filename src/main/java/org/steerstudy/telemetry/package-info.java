/**
 * The event log: append-only, idempotent, with a per-tab sequence whose gaps are known. Clients
 * send what they did; the server writes what it computed.
 */
package org.steerstudy.telemetry;
