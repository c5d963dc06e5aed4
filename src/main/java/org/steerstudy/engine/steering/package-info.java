/**
 * Edits of latents in delta form, the predictions before and after, dose sweeps, controls and
 * ripple checks over a set of pictures.
 */
package org.steerstudy.engine.steering;
