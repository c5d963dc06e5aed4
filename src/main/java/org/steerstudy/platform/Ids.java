package org.steerstudy.platform;

import com.github.f4b6a3.uuid.UuidCreator;
import java.util.UUID;

/** Identifiers of stored things. */
public final class Ids {

  /** The tab that the server's own events carry: the nil UUID, which no browser can draw. */
  public static final UUID SERVER_TAB = new UUID(0, 0);

  private Ids() {}

  /**
   * A new UUIDv7 (RFC 9562): unique without coordination, and ordered by creation, so that keyset
   * paging and indexes follow time.
   */
  public static UUID next() {
    return UuidCreator.getTimeOrderedEpoch();
  }
}
