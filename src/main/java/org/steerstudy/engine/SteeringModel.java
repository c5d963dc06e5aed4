package org.steerstudy.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.steerstudy.engine.attribution.ActivationTimesGradient;
import org.steerstudy.engine.attribution.Attribution;
import org.steerstudy.engine.attribution.Target;
import org.steerstudy.engine.clip.ClipModel;
import org.steerstudy.engine.clip.Picture;
import org.steerstudy.engine.clip.Prediction;
import org.steerstudy.engine.clip.PromptSet;
import org.steerstudy.engine.concepts.LatentIndex;
import org.steerstudy.engine.sae.LatentActivations;
import org.steerstudy.engine.sae.SparseAutoencoder;
import org.steerstudy.engine.steering.Delta;
import org.steerstudy.engine.steering.Edit;
import org.steerstudy.engine.steering.EditSet;
import org.steerstudy.engine.steering.MatchedLatents;
import org.steerstudy.engine.steering.RippleReport;

/**
 * A CLIP checkpoint and a sparse autoencoder of its residual stream, as one model whose predictions
 * can be explained by latents and changed by editing them.
 *
 * <p>Edits are applied to the residual stream x at the hook point in delta form, {@code x' = x + s
 * sum_k (f'_k - f_k) W_dec[k]} on every token in scope (see {@link Delta}). The autoencoder's error
 * stays in place, so the empty edit is the unmodified model to the last bit, and a picture whose
 * activations an edit leaves alone keeps its prediction to the last bit.
 *
 * <p>Safe for use by many threads, and deterministic: a call gives the same bits whatever ran
 * before it or runs beside it. In a batch the last digits can differ from those of a single call,
 * because the order of sums in a matrix product depends on its size.
 */
public final class SteeringModel implements AutoCloseable {

  private final ClipModel clip;
  private final SparseAutoencoder sae;
  private final PictureTraces traces;
  private final SteeredPass pass;

  private SteeringModel(ClipModel clip, SparseAutoencoder sae) {
    this.clip = clip;
    this.sae = sae;
    this.traces = new PictureTraces(clip, sae);
    this.pass = new SteeredPass(clip, sae);
  }

  /**
   * Loads a checkpoint and an autoencoder and checks that they belong together.
   *
   * @throws EngineException of kind CHECKPOINT or SAE when one of them cannot be read, of kind
   *     MISMATCH with the reason when they do not belong together
   */
  public static SteeringModel open(Path checkpoint, Path sae) {
    ClipModel clip = ClipModel.load(checkpoint);
    SparseAutoencoder autoencoder = null;
    try {
      autoencoder = SparseAutoencoder.load(sae);
      PairCheck.check(clip, autoencoder);
      return new SteeringModel(clip, autoencoder);
    } catch (RuntimeException e) {
      clip.close();
      if (autoencoder != null) {
        autoencoder.close();
      }
      throw e;
    }
  }

  /** The checkpoint. */
  public ClipModel clip() {
    return clip;
  }

  /** The autoencoder. */
  public SparseAutoencoder sae() {
    return sae;
  }

  /** {@link ClipModel#picture}. */
  public Picture picture(byte[] encoded) {
    return clip.picture(encoded);
  }

  /** {@link ClipModel#prompts}. */
  public PromptSet prompts(List<String> texts) {
    return clip.prompts(texts);
  }

  /** The active latents of a picture, token by token. */
  public LatentActivations activations(Picture picture) {
    return traces.of(picture).activations();
  }

  /** The unmodified prediction. */
  public Prediction baseline(Picture picture, PromptSet prompts) {
    return clip.predict(traces.of(picture).embedding(), prompts);
  }

  /** The unmodified predictions, in the order of the pictures. */
  public List<Prediction> baselines(List<Picture> pictures, PromptSet prompts) {
    return pictures.stream().map(picture -> baseline(picture, prompts)).toList();
  }

  /**
   * The latents that a prediction rests on; see {@link ActivationTimesGradient}.
   *
   * @throws EngineException of kind PROMPT when the target names no prompt or contrasts one with
   *     itself
   */
  public Attribution attribute(Picture picture, PromptSet prompts, Target target) {
    float[] direction = direction(prompts, target);
    PictureTrace trace = traces.of(picture);
    float[] gradient = clip.gradient(trace.residual(), sae.layer(), direction);
    return new Attribution(
        ActivationTimesGradient.NAME,
        target,
        clip.predict(trace.embedding(), prompts),
        ActivationTimesGradient.of(
            sae, trace.activations(), gradient, sae.tokens().first() * sae.width()));
  }

  /**
   * The prediction with edits in force.
   *
   * @throws EngineException of kind EDIT for a latent that does not exist or is edited twice, or a
   *     dose so large that no number comes out
   */
  public Prediction steer(Picture picture, PromptSet prompts, List<Edit> edits) {
    EditSet set = EditSet.of(edits, sae.latents());
    return variants(picture, prompts, List.of(set)).get(0);
  }

  /**
   * The prediction at each of several doses, in one batch. A dose takes the place of the standing
   * edit of its latent, or is added where there is none.
   *
   * @throws EngineException as {@link #steer}
   */
  public List<Prediction> sweep(
      Picture picture, PromptSet prompts, List<Edit> standing, List<Edit> doses) {
    EditSet set = EditSet.of(standing, sae.latents());
    return variants(
        picture, prompts, doses.stream().map(dose -> set.with(dose, sae.latents())).toList());
  }

  /**
   * The prediction with each of several latents suppressed alone, in one batch.
   *
   * @return by latent, in the order given
   * @throws EngineException as {@link #steer}
   */
  public Map<Integer, Prediction> ablations(
      Picture picture, PromptSet prompts, List<Integer> latents) {
    List<Integer> distinct = List.copyOf(new LinkedHashSet<>(latents));
    List<Prediction> predictions =
        variants(
            picture,
            prompts,
            distinct.stream()
                .map(latent -> EditSet.of(List.of(Edit.suppress(latent)), sae.latents()))
                .toList());
    Map<Integer, Prediction> byLatent = new LinkedHashMap<>();
    for (int i = 0; i < predictions.size(); i++) {
      byLatent.put(distinct.get(i), predictions.get(i));
    }
    return byLatent;
  }

  /**
   * What edits do to a set of pictures.
   *
   * @param truths for each picture the number of the prompt that is right for it
   * @throws EngineException as {@link #steer}, and of kind PROMPT when a truth names no prompt or
   *     their number is not that of the pictures
   */
  public RippleReport ripple(
      List<Picture> pictures, int[] truths, PromptSet prompts, List<Edit> edits) {
    EditSet set = EditSet.of(edits, sae.latents());
    return ripple(pictures, truths, prompts, picture -> Delta.of(set, sae, activations(picture)));
  }

  /**
   * A control for {@link #ripple}: the same pictures, disturbed on every token by as much as the
   * edits would, but in random directions.
   *
   * @param seed decides the directions, together with the picture
   */
  public RippleReport rippleRandomDirection(
      List<Picture> pictures, int[] truths, PromptSet prompts, List<Edit> edits, long seed) {
    EditSet set = EditSet.of(edits, sae.latents());
    return ripple(
        pictures,
        truths,
        prompts,
        picture ->
            Delta.of(set, sae, activations(picture))
                .map(delta -> delta.inRandomDirections(picture.sha256(), seed)));
  }

  /**
   * A control for edits: the same on other latents that are about as often and as strongly active;
   * see {@link MatchedLatents}.
   *
   * @param index built with this model
   * @param excluded latents that must not be drawn, beside those of the edits
   * @param seed decides the draw
   * @throws EngineException of kind EDIT when no comparable latent is left
   */
  public List<Edit> matchedRandomEdits(
      LatentIndex index, List<Edit> edits, Set<Integer> excluded, long seed) {
    if (index.latents() != sae.latents()) {
      throw EngineException.mismatch(
          "The index of latents was built with another autoencoder. Build it again.");
    }
    return MatchedLatents.draw(index, EditSet.of(edits, sae.latents()), edits, excluded, seed);
  }

  @Override
  public void close() {
    sae.close();
    clip.close();
  }

  private List<Prediction> variants(Picture picture, PromptSet prompts, List<EditSet> sets) {
    PictureTrace trace = traces.of(picture);
    return pass.predict(
        sets, set -> new SteeredPass.Case(trace, Delta.of(set, sae, trace.activations())), prompts);
  }

  private RippleReport ripple(
      List<Picture> pictures,
      int[] truths,
      PromptSet prompts,
      Function<Picture, Optional<Delta>> deltas) {
    if (truths.length != pictures.size()) {
      throw EngineException.prompt(
          "There are "
              + pictures.size()
              + " pictures, but "
              + truths.length
              + " right answers. Give one for each.");
    }
    for (int truth : truths) {
      requireKnown(prompts, truth);
    }
    List<Prediction> after =
        pass.predict(
            pictures,
            picture -> new SteeredPass.Case(traces.of(picture), deltas.apply(picture)),
            prompts);
    List<RippleReport.Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < truths.length; i++) {
      Picture picture = pictures.get(i);
      outcomes.add(
          RippleReport.Outcome.of(
              picture.sha256(), truths[i], baseline(picture, prompts), after.get(i)));
    }
    return new RippleReport(outcomes);
  }

  private static float[] direction(PromptSet prompts, Target target) {
    requireKnown(prompts, target.prompt());
    float[] direction = prompts.embeddings()[target.prompt()].clone();
    if (target.contrast().isPresent()) {
      int contrast = target.contrast().getAsInt();
      requireKnown(prompts, contrast);
      if (contrast == target.prompt()) {
        throw EngineException.prompt("A prompt cannot be contrasted with itself. Choose another.");
      }
      for (int i = 0; i < direction.length; i++) {
        direction[i] -= prompts.embeddings()[contrast][i];
      }
    }
    return direction;
  }

  private static void requireKnown(PromptSet prompts, int prompt) {
    if (prompt < 0 || prompt >= prompts.size()) {
      throw EngineException.prompt(
          "There is no prompt " + prompt + "; the prompts are 0 to " + (prompts.size() - 1) + ".");
    }
  }
}
