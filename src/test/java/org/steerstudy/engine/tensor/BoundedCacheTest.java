package org.steerstudy.engine.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class BoundedCacheTest {

  @Test
  void forgetsWhatWasUsedLeastRecently() {
    BoundedCache<String, Integer> cache = new BoundedCache<>(10, weight -> weight);
    cache.put("a", 4);
    cache.put("b", 4);
    cache.get("a");
    cache.put("c", 4);
    assertEquals(Optional.of(4), cache.get("a"));
    assertEquals(Optional.empty(), cache.get("b"));
    assertEquals(Optional.of(4), cache.get("c"));
  }

  @Test
  void countsAReplacedValueOnce() {
    BoundedCache<String, Integer> cache = new BoundedCache<>(10, weight -> weight);
    for (int i = 0; i < 5; i++) {
      cache.put("a", 6);
    }
    cache.put("b", 4);
    assertEquals(2, cache.size());
  }

  @Test
  void doesNotKeepWhatIsLargerThanItself() {
    BoundedCache<String, Integer> cache = new BoundedCache<>(10, weight -> weight);
    cache.put("a", 11);
    assertTrue(cache.get("a").isEmpty());
    cache.put("b", 10);
    assertEquals(Optional.of(10), cache.get("b"));
  }
}
