/**
 * Which latents a prediction rests on: activation times gradient for a target prompt or a contrast
 * of two, and the measured effect of removing single latents beside it.
 */
package org.steerstudy.engine.attribution;
