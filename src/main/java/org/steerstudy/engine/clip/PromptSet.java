package org.steerstudy.engine.clip;

import java.util.List;

/**
 * The prompts that a picture is compared with. Made by {@link ClipModel#prompts}; the arrays are
 * shared and must not be written to.
 *
 * @param texts the prompts; their places are the prompt numbers used everywhere
 * @param sha256 SHA-256 over the texts, each framed by its length, 64 hexadecimal digits
 * @param embeddings of length one, {@code [prompts, projection]}
 */
public record PromptSet(List<String> texts, String sha256, float[][] embeddings) {

  /** Takes its own copy of the list of texts. */
  public PromptSet {
    texts = List.copyOf(texts);
  }

  /** How many prompts there are. */
  public int size() {
    return texts.size();
  }
}
