package org.steerstudy.study;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SpellingTest {

  @Test
  void aSwapOfNeighboursIsOneChange() {
    assertEquals(1, Spelling.distance("baot", "boat"));
    assertEquals(3, Spelling.distance("kitten", "sitting"));
    assertEquals(4, Spelling.distance("", "boat"));
    assertEquals(0, Spelling.distance("boat", "boat"));
  }

  @Test
  void onlyANearWordIsProposed() {
    assertEquals(Optional.of("boat"), Spelling.nearest("Baot", List.of("cow", "boat", "bat")));
    assertEquals(Optional.empty(), Spelling.nearest("elephant", List.of("cow", "boat")));
  }

  @Test
  void aShortListIsShownWhenNothingIsNear() {
    assertEquals("known: cow, boat", Spelling.suggestion("elephant", List.of("cow", "boat")));
    assertEquals("", Spelling.suggestion("elephant", List.of()));
  }
}
