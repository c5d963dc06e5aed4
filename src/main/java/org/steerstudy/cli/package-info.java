/** The front door: the commands of the launcher, and the start and stop of the server. */
package org.steerstudy.cli;
