/**
 * Agreement between coders: percent agreement and chance-corrected coefficients with their
 * intervals. Pure mathematics; knows nothing of studies, databases or pages.
 */
package org.steerstudy.agreement;
