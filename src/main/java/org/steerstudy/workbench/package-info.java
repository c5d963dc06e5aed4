/**
 * What the participant sees and does with the model: attribution views, interventions, sweeps,
 * ripple checks and the answer that the server judges; each result is stored in the transaction
 * that answers the request.
 */
package org.steerstudy.workbench;
