/**
 * A participant made of code, who goes through a study over HTTP as a browser would. May use
 * nothing of ours, so that no shortcut past the web interface is possible.
 */
package org.steerstudy.robot;
