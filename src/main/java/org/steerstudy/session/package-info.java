/**
 * One participant's run through a study: the opaque link, the state machine over the script's
 * steps, resuming, answers, and the finish that waits for the last declared event.
 */
package org.steerstudy.session;
