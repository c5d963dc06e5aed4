package org.steerstudy.workbench;

import java.util.ArrayList;
import java.util.List;
import org.steerstudy.engine.clip.Prediction;

/**
 * The prediction for one prompt.
 *
 * @param prompt index in the task's prompts, from 0
 * @param name of the class
 * @param logit cosine of picture and text times exp(logit_scale)
 * @param probability softmax over the task's prompts
 * @param rank 1 is the strongest
 */
public record PromptPrediction(int prompt, String name, float logit, float probability, int rank) {

  static List<PromptPrediction> of(Prediction prediction, List<String> names) {
    List<PromptPrediction> rows = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      rows.add(
          new PromptPrediction(
              i,
              names.get(i),
              prediction.logits()[i],
              prediction.probabilities()[i],
              prediction.rank(i)));
    }
    return rows;
  }
}
