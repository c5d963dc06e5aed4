package org.steerstudy.engine.sae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.steerstudy.engine.EngineException;
import org.steerstudy.engine.clip.Residual;
import org.steerstudy.engine.tensor.FolderFingerprint;
import org.steerstudy.engine.tensor.PyTorch;
import org.steerstudy.engine.tensor.Safetensors;
import org.steerstudy.engine.tensor.Vectors;

/**
 * A sparse autoencoder in the format of SAELens 6: {@code cfg.json} and {@code
 * sae_weights.safetensors}.
 *
 * <p>Encoding, as SAELens does it: with {@code layer_norm} a token becomes {@code (x - mean) / (std
 * + 1e-5)}, std unbiased; the decoder's bias is subtracted if so configured; {@code pre = x W_enc +
 * b_enc}; {@code f = ReLU(pre)} or, of a TopK autoencoder, ReLU of the k greatest. With {@code
 * rescale_acts_by_decoder_norm} the pre-activations are multiplied by the length of each decoder
 * direction and the directions divided by it, which is done to the weights when they are loaded.
 *
 * <p>Nothing is ever decoded as a whole: an edit needs the decoder directions of the edited latents
 * only. Safe for use by many threads; native memory is the encoder's weights until this is closed,
 * and what a call computes until it returns.
 */
public final class SparseAutoencoder implements AutoCloseable {

  static final String WEIGHTS_FILE = "sae_weights.safetensors";

  private static final Set<String> TENSORS = Set.of("W_enc", "b_enc", "W_dec", "b_dec");

  private static final double LAYER_NORM_EPSILON = 1e-5;

  /** Pre-activations that are held at a time; 32 megabytes. */
  private static final int CHUNK_FLOATS = 8 << 20;

  private final NDManager owner;
  private final SaeConfiguration configuration;
  private final String fingerprint;
  private final NDArray encoder;
  private final NDArray encoderBias;
  private final float[] inputBias;
  private final float[] decoder;
  private final LatentSelection selection;

  private SparseAutoencoder(
      NDManager owner, SaeConfiguration configuration, String fingerprint, Safetensors tensors) {
    int width = configuration.width();
    int latents = configuration.latents();
    this.owner = owner;
    this.configuration = configuration;
    this.fingerprint = fingerprint;
    this.encoder = tensors.read("W_enc", owner, width, latents);
    this.encoderBias = tensors.read("b_enc", owner, latents);
    this.decoder = tensors.floats("W_dec", latents, width);
    float[] decoderBias = tensors.floats("b_dec", width);
    this.inputBias = configuration.subtractDecoderBias() ? decoderBias : new float[width];
    this.selection =
        configuration.k().isPresent()
            ? new LatentSelection.TopK(configuration.k().getAsInt())
            : new LatentSelection.Relu();
    if (configuration.foldDecoderNorm()) {
      foldDecoderNorm();
    }
  }

  /**
   * Loads an autoencoder.
   *
   * @throws EngineException of kind SAE, naming the file and the cause
   */
  public static SparseAutoencoder load(Path folder) {
    SaeConfiguration configuration = SaeConfiguration.read(folder);
    NDManager owner = PyTorch.newOwner();
    try (Safetensors tensors =
        Safetensors.open(folder.resolve(WEIGHTS_FILE), EngineException.Kind.SAE)) {
      refuseUnknown(tensors, folder);
      String fingerprint =
          FolderFingerprint.of(
              folder, List.of(SaeConfiguration.FILE, WEIGHTS_FILE), EngineException.Kind.SAE);
      return new SparseAutoencoder(owner, configuration, fingerprint, tensors);
    } catch (RuntimeException e) {
      owner.close();
      throw e;
    }
  }

  /** {@link FolderFingerprint} over {@code cfg.json} and {@code sae_weights.safetensors}. */
  public String fingerprint() {
    return fingerprint;
  }

  /** Number of latents. */
  public int latents() {
    return configuration.latents();
  }

  /** Width of the residual stream that it reads. */
  public int width() {
    return configuration.width();
  }

  /** Where it reads, for example {@code blocks.4.hook_resid_post}. */
  public String hookPoint() {
    return configuration.hookPoint();
  }

  /** The block of the hook point, from 0. */
  public int layer() {
    return configuration.layer();
  }

  /** The tokens that it reads and edits. */
  public TokenScope tokens() {
    return configuration.tokens();
  }

  /** The model that it was trained on; empty text when it does not say. */
  public String modelName() {
    return configuration.modelName().orElse("");
  }

  /** The fingerprint of the checkpoint that it was trained on, when it says so. */
  public Optional<String> checkpointFingerprint() {
    return configuration.checkpointFingerprint();
  }

  /** {@code standard} or {@code topk}. */
  public String architecture() {
    return configuration.architecture();
  }

  /**
   * The active latents of each token.
   *
   * @param residual the tokens in scope, {@code [tokens, width]}
   */
  public LatentActivations encode(Residual residual) {
    int tokens = residual.tokens();
    float[] scales = new float[tokens];
    float[] input = input(residual, scales);
    int[][] latents = new int[tokens][];
    float[][] values = new float[tokens][];
    int chunk = Math.max(1, CHUNK_FLOATS / latents());
    for (int from = 0; from < tokens; from += chunk) {
      int to = Math.min(tokens, from + chunk);
      float[] preactivations =
          preactivations(Arrays.copyOfRange(input, from * width(), to * width()), to - from);
      for (int token = from; token < to; token++) {
        int at = (token - from) * latents();
        latents[token] = selection.active(preactivations, at, latents());
        values[token] = new float[latents[token].length];
        for (int i = 0; i < values[token].length; i++) {
          values[token][i] = preactivations[at + latents[token][i]];
        }
      }
    }
    return new LatentActivations(latents, values, scales);
  }

  /**
   * The scalar product of a latent's decoder direction with a vector.
   *
   * @param vector holds the vector from a place on
   */
  public double alongDirection(int latent, float[] vector, int from) {
    return Vectors.dot(decoder, latent * width(), vector, from, width());
  }

  /** Adds a multiple of a latent's decoder direction to {@code [width]} sums from a place on. */
  public void addDirection(int latent, double factor, double[] sums, int from) {
    int at = latent * width();
    for (int i = 0; i < width(); i++) {
      sums[from + i] += factor * decoder[at + i];
    }
  }

  @Override
  public void close() {
    owner.close();
  }

  /** How many arrays the encoder's owner holds beside the calls that are running. */
  int openTensors() {
    return owner.getManagedArrays().size();
  }

  /** Thresholds, gates or scaling factors would change what the autoencoder computes. */
  private static void refuseUnknown(Safetensors tensors, Path folder) {
    for (String name : tensors.names()) {
      if (!TENSORS.contains(name)) {
        throw EngineException.file(
            EngineException.Kind.SAE,
            folder.resolve(WEIGHTS_FILE),
            "the tensor '"
                + name
                + "' has no place in the autoencoder that cfg.json describes; check that the two"
                + " files belong together.");
      }
    }
  }

  /** Normalised as configured and centred; fills the factor of each token for the way back. */
  private float[] input(Residual residual, float[] scales) {
    float[] input = residual.values().clone();
    for (int token = 0; token < scales.length; token++) {
      int at = token * width();
      scales[token] = configuration.layerNorm() ? normalise(input, at) : 1;
      for (int i = 0; i < width(); i++) {
        input[at + i] -= inputBias[i];
      }
    }
    return input;
  }

  private float normalise(float[] values, int from) {
    double sum = 0;
    for (int i = 0; i < width(); i++) {
      sum += values[from + i];
    }
    double mean = sum / width();
    double squares = 0;
    for (int i = 0; i < width(); i++) {
      double centred = values[from + i] - mean;
      squares += centred * centred;
    }
    double deviation = Math.sqrt(squares / (width() - 1));
    for (int i = 0; i < width(); i++) {
      values[from + i] = (float) ((values[from + i] - mean) / (deviation + LAYER_NORM_EPSILON));
    }
    return (float) deviation;
  }

  private float[] preactivations(float[] input, int tokens) {
    try (NDManager call = owner.newSubManager()) {
      return call.create(input, new Shape(tokens, width()))
          .matMul(encoder)
          .addi(encoderBias)
          .toFloatArray();
    }
  }

  private void foldDecoderNorm() {
    float[] norms = new float[latents()];
    for (int latent = 0; latent < norms.length; latent++) {
      int at = latent * width();
      double norm = Vectors.norm(decoder, at, width());
      norms[latent] = (float) norm;
      for (int i = 0; i < width() && norm > 0; i++) {
        decoder[at + i] = (float) (decoder[at + i] / norm);
      }
    }
    try (NDManager moment = owner.newSubManager()) {
      NDArray factors = moment.create(norms);
      encoder.muli(factors);
      encoderBias.muli(factors);
    }
  }
}
