/**
 * Safetensors files and the few numeric helpers that the rest of the engine shares. A file is read
 * by its declared offsets only; nothing in it is ever executed.
 */
package org.steerstudy.engine.tensor;
