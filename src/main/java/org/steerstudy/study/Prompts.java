package org.steerstudy.study;

import java.util.List;

/**
 * The texts that a picture is compared with.
 *
 * @param template text of a class whose own text is not given; its only <code>{}</code> becomes the
 *     class name
 * @param entries one per class, at least two, in the order of the prompt numbers
 */
public record Prompts(String template, List<Entry> entries) {

  /** Stands for the class name in a template. */
  public static final String PLACE = "{}";

  public Prompts {
    entries = List.copyOf(entries);
  }

  /**
   * One class.
   *
   * @param name what participants read
   * @param text what the model reads
   */
  public record Entry(String name, String text) {}

  /** Names of the classes, in prompt order. */
  public List<String> classes() {
    return entries.stream().map(Entry::name).toList();
  }

  /** What the model reads, in prompt order. */
  public List<String> texts() {
    return entries.stream().map(Entry::text).toList();
  }

  /** Number of the prompt of this class, or -1. */
  public int indexOf(String name) {
    return classes().indexOf(name);
  }
}
