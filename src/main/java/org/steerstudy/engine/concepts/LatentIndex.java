package org.steerstudy.engine.concepts;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.steerstudy.engine.EngineException;
import org.steerstudy.engine.SteeringModel;
import org.steerstudy.engine.clip.Picture;
import org.steerstudy.engine.sae.LatentActivations;

/**
 * How often and how strongly every latent answers to a set of pictures. Does not change after it is
 * built and holds no native memory.
 */
public final class LatentIndex {

  /** How many example pictures are kept per latent. */
  public static final int EXAMPLES = 8;

  private final List<String> pictures;
  private final int[] counts;
  private final double[] sums;
  private final float[] maxima;
  private final float[] tokenMaxima;

  /** Per latent the strongest pictures, weakest first; of equal ones the later first. */
  private final List<PriorityQueue<Activation>> strongest;

  private LatentIndex(int latents, List<String> pictures) {
    this.pictures = pictures;
    this.counts = new int[latents];
    this.sums = new double[latents];
    this.maxima = new float[latents];
    this.tokenMaxima = new float[latents];
    this.strongest = new ArrayList<>(latents);
    for (int latent = 0; latent < latents; latent++) {
      strongest.add(null);
    }
  }

  private record Activation(int picture, float value) implements Comparable<Activation> {
    @Override
    public int compareTo(Activation other) {
      int byValue = Float.compare(value, other.value);
      return byValue != 0 ? byValue : Integer.compare(other.picture, picture);
    }
  }

  /** Encodes every picture. */
  public static LatentIndex build(SteeringModel model, List<Picture> pictures) {
    LatentIndex index =
        new LatentIndex(model.sae().latents(), pictures.stream().map(Picture::sha256).toList());
    for (int picture = 0; picture < pictures.size(); picture++) {
      index.add(picture, model.activations(pictures.get(picture)));
    }
    return index;
  }

  /** How many pictures it was built from. */
  public int pictures() {
    return pictures.size();
  }

  /** How many latents there are. */
  public int latents() {
    return counts.length;
  }

  /** On how many pictures a latent is active. */
  public int count(int latent) {
    requireKnown(latent);
    return counts[latent];
  }

  /** The mean activation of a latent on the pictures where it is active; 0 when there is none. */
  public float meanWhenActive(int latent) {
    requireKnown(latent);
    return counts[latent] == 0 ? 0 : (float) (sums[latent] / counts[latent]);
  }

  /**
   * What the pictures show about one latent.
   *
   * @throws EngineException of kind EDIT when there is no such latent
   */
  public LatentEvidence evidence(int latent) {
    requireKnown(latent);
    List<LatentEvidence.Example> examples =
        strongest.get(latent) == null
            ? List.of()
            : strongest.get(latent).stream()
                .sorted(Comparator.reverseOrder())
                .map(each -> new LatentEvidence.Example(pictures.get(each.picture()), each.value()))
                .toList();
    return new LatentEvidence(
        latent,
        pictures.isEmpty() ? 0 : (float) counts[latent] / pictures.size(),
        maxima[latent],
        meanWhenActive(latent),
        tokenMaxima[latent],
        examples);
  }

  private void add(int picture, LatentActivations activations) {
    activations.totals().forEach((latent, total) -> add(picture, latent, total));
    for (int token = 0; token < activations.tokens(); token++) {
      for (int i = 0; i < activations.latents()[token].length; i++) {
        int latent = activations.latents()[token][i];
        tokenMaxima[latent] = Math.max(tokenMaxima[latent], activations.values()[token][i]);
      }
    }
  }

  private void add(int picture, int latent, float total) {
    counts[latent]++;
    sums[latent] += total;
    maxima[latent] = Math.max(maxima[latent], total);
    if (strongest.get(latent) == null) {
      strongest.set(latent, new PriorityQueue<>(EXAMPLES + 1));
    }
    PriorityQueue<Activation> kept = strongest.get(latent);
    kept.add(new Activation(picture, total));
    if (kept.size() > EXAMPLES) {
      kept.poll();
    }
  }

  private void requireKnown(int latent) {
    if (latent < 0 || latent >= counts.length) {
      throw EngineException.edit(
          "There is no latent "
              + latent
              + "; the autoencoder has the latents 0 to "
              + (counts.length - 1)
              + ".");
    }
  }
}
