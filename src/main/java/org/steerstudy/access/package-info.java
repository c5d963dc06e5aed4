/** Staff accounts and their sessions, passwords, and the audit of what staff did. */
package org.steerstudy.access;
