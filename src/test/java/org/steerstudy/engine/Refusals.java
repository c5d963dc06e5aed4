package org.steerstudy.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.function.Executable;

/** Asserts that something is refused, and that the message gives the reason. */
public final class Refusals {

  private Refusals() {}

  public static void assertRefused(EngineException.Kind kind, String reason, Executable attempt) {
    EngineException e = assertThrows(EngineException.class, attempt);
    assertEquals(kind, e.kind(), e.getMessage());
    assertTrue(e.getMessage().contains(reason), e.getMessage());
  }
}
