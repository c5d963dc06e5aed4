/**
 * The data as other people's programs want it: one streamed bundle of documented tables with a
 * manifest of rows and checksums. Reads everything, writes nothing.
 */
package org.steerstudy.export;
