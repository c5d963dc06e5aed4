package org.steerstudy.engine.tensor;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * Keeps values up to a total weight and forgets the least recently used ones first. Values are on
 * the Java heap, so one that is forgotten while another thread still uses it stays valid there.
 */
public final class BoundedCache<K, V> {

  private final long capacity;
  private final ToLongFunction<V> weigher;
  private final Map<K, V> values = new LinkedHashMap<>(16, 0.75f, true);
  private long weight;

  /**
   * @param capacity greatest total weight
   * @param weigher the weight of a value, always the same for the same value
   */
  public BoundedCache(long capacity, ToLongFunction<V> weigher) {
    this.capacity = capacity;
    this.weigher = weigher;
  }

  /** The value of a key, which counts as a use. */
  public synchronized Optional<V> get(K key) {
    return Optional.ofNullable(values.get(key));
  }

  /** Keeps a value; one that alone exceeds the capacity is not kept. */
  public synchronized void put(K key, V value) {
    V replaced = values.put(key, value);
    weight += weigher.applyAsLong(value) - (replaced == null ? 0 : weigher.applyAsLong(replaced));
    Iterator<V> oldestFirst = values.values().iterator();
    while (weight > capacity && oldestFirst.hasNext()) {
      weight -= weigher.applyAsLong(oldestFirst.next());
      oldestFirst.remove();
    }
  }

  /** How many values are kept. */
  public synchronized int size() {
    return values.size();
  }
}
