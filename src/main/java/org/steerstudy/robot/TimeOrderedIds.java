package org.steerstudy.robot;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;

/**
 * UUIDs of version 7 (RFC 9562): 48 bits of milliseconds, the rest random but version and variant.
 */
final class TimeOrderedIds {

  private final SecureRandom random = new SecureRandom();
  private final Clock clock;

  TimeOrderedIds(Clock clock) {
    this.clock = clock;
  }

  UUID next() {
    long high = clock.millis() << 16 | 0x7000 | random.nextInt(1 << 12);
    long low = random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }
}
