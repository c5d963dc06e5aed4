/**
 * What every room needs and none owns: problem details, the embedded PostgreSQL, identifiers,
 * hashes, the clock, configuration. Knows nothing of the rooms.
 */
package org.steerstudy.platform;
