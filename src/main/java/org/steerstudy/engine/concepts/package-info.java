/**
 * Evidence about single latents from a set of pictures: how often each is active, its observed
 * maximum, and the pictures that activate it most.
 */
package org.steerstudy.engine.concepts;
