package org.steerstudy.engine.clip;

/**
 * What the model says about a picture, given prompts.
 *
 * @param logits {@code exp(logit_scale)} times the cosine of picture and prompt, {@code [prompts]}
 * @param probabilities softmax of the logits, {@code [prompts]}
 * @param embedding of the picture, of length one, {@code [projection]}
 */
public record Prediction(float[] logits, float[] probabilities, float[] embedding) {

  /** The prompt with the highest logit; of equal ones the first. */
  public int top() {
    int top = 0;
    for (int prompt = 1; prompt < logits.length; prompt++) {
      if (logits[prompt] > logits[top]) {
        top = prompt;
      }
    }
    return top;
  }

  /** The place of a prompt when all are ordered by their logits, 1 for the highest. */
  public int rank(int prompt) {
    int rank = 1;
    for (int other = 0; other < logits.length; other++) {
      if (logits[other] > logits[prompt] || (logits[other] == logits[prompt] && other < prompt)) {
        rank++;
      }
    }
    return rank;
  }
}
