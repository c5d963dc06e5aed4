/** Live sessions led by a moderator: presence, guide, prompts and notes on the session's clock. */
package org.steerstudy.moderation;
