package org.steerstudy.engine.clip;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.steerstudy.engine.EngineException;
import org.steerstudy.engine.tensor.Safetensors;

/**
 * Takes the tensors of {@code model.safetensors} under the names that Hugging Face gives them and
 * notes which were taken, so that a file with more in it than CLIP has is refused instead of being
 * half understood.
 */
final class CheckpointWeights implements AutoCloseable {

  /** The weights' file name. */
  static final String FILE = "model.safetensors";

  /** Position ids are the numbers 0, 1, 2, …; older files store them all the same. */
  private static final String POSITION_IDS = ".position_ids";

  private final Path file;
  private final Safetensors tensors;
  private final NDManager owner;
  private final Set<String> taken = new HashSet<>();

  private CheckpointWeights(Path file, Safetensors tensors, NDManager owner) {
    this.file = file;
    this.tensors = tensors;
    this.owner = owner;
  }

  /** Opens the file; tensors that are taken belong to the owner. */
  static CheckpointWeights open(Path folder, NDManager owner) {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      if (Files.exists(folder.resolve("model.safetensors.index.json"))) {
        throw EngineException.file(
            EngineException.Kind.CHECKPOINT,
            folder,
            "the weights are divided over several files; save them as one model.safetensors.");
      }
      if (Files.exists(folder.resolve("pytorch_model.bin"))) {
        throw EngineException.file(
            EngineException.Kind.CHECKPOINT,
            folder,
            "there is only pytorch_model.bin, a format that can run code and is not read;"
                + " save the model as model.safetensors.");
      }
    }
    return new CheckpointWeights(
        file, Safetensors.open(file, EngineException.Kind.CHECKPOINT), owner);
  }

  /** One tensor of a given shape. */
  NDArray tensor(String name, long... shape) {
    taken.add(name);
    return tensors.read(name, owner, shape);
  }

  /** The one number of a tensor without dimensions. */
  float scalar(String name) {
    taken.add(name);
    return tensors.floats(name)[0];
  }

  /** {@code name.weight} without a bias. */
  Projection unbiased(String name, int out, int in) {
    return new Projection(tensor(name + ".weight", out, in), null);
  }

  /** {@code name.weight} and {@code name.bias}. */
  LayerNormalisation normalisation(String name, int width, float epsilon) {
    return new LayerNormalisation(
        tensor(name + ".weight", width), tensor(name + ".bias", width), epsilon);
  }

  /** All blocks of a tower, {@code prefix.0}, {@code prefix.1}, … */
  List<TransformerBlock> blocks(String prefix, TowerConfiguration tower) {
    List<TransformerBlock> blocks = new ArrayList<>();
    for (int layer = 0; layer < tower.layers(); layer++) {
      blocks.add(block(prefix + "." + layer, tower));
    }
    return List.copyOf(blocks);
  }

  /** Refuses a file in which there is more than was taken. */
  void refuseUnknown() {
    for (String name : tensors.names()) {
      if (!taken.contains(name) && !name.endsWith(POSITION_IDS)) {
        throw EngineException.file(
            EngineException.Kind.CHECKPOINT,
            file,
            "the tensor '"
                + name
                + "' has no place in the CLIP model that config.json describes; check that the two"
                + " files belong together.");
      }
    }
  }

  @Override
  public void close() {
    tensors.close();
  }

  private TransformerBlock block(String prefix, TowerConfiguration tower) {
    int width = tower.width();
    String attention = prefix + ".self_attn.";
    return new TransformerBlock(
        normalisation(prefix + ".layer_norm1", width, tower.epsilon()),
        new SelfAttention(
            biased(attention + "q_proj", width, width),
            stacked(
                biased(attention + "k_proj", width, width),
                biased(attention + "v_proj", width, width)),
            biased(attention + "out_proj", width, width),
            tower.heads()),
        normalisation(prefix + ".layer_norm2", width, tower.epsilon()),
        new FeedForward(
            biased(prefix + ".mlp.fc1", tower.mlpWidth(), width),
            tower.gelu(),
            biased(prefix + ".mlp.fc2", width, tower.mlpWidth())));
  }

  private Projection biased(String name, int out, int in) {
    return new Projection(tensor(name + ".weight", out, in), tensor(name + ".bias", out));
  }

  /** Keys and values have the same input and are computed by one product. */
  private static Projection stacked(Projection keys, Projection values) {
    return new Projection(
        stacked(keys.weight(), values.weight()), stacked(keys.bias(), values.bias()));
  }

  private static NDArray stacked(NDArray first, NDArray second) {
    NDArray both = NDArrays.concat(new NDList(first, second), 0);
    first.close();
    second.close();
    return both;
  }
}
