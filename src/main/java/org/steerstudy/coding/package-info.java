/** Qualitative coding: codebooks, numbered units, blind rounds and reconciliation. */
package org.steerstudy.coding;
