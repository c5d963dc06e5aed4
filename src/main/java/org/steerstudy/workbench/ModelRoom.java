package org.steerstudy.workbench;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.steerstudy.engine.SteeringModel;
import org.steerstudy.engine.clip.Picture;
import org.steerstudy.engine.concepts.LatentIndex;
import org.steerstudy.platform.SteerStudyConfig;
import org.steerstudy.study.CataloguedPicture;
import org.steerstudy.study.ModelChoice;
import org.steerstudy.study.PictureShelf;
import org.steerstudy.study.PictureShelf.ShelvedPicture;

/** The models that studies ask for, each opened once and shared by all sessions. */
@ApplicationScoped
public class ModelRoom {

  private final SteerStudyConfig config;
  private final PictureShelf shelf;
  private final Map<ModelChoice, OpenModel> open = new ConcurrentHashMap<>();

  ModelRoom(SteerStudyConfig config, PictureShelf shelf) {
    this.config = config;
    this.shelf = shelf;
  }

  /** A picture of the library, prepared for the model. */
  public record ModelPicture(ShelvedPicture shelved, Picture picture) {

    CataloguedPicture entry() {
      return shelved.entry();
    }
  }

  /**
   * A model with its pictures and the evidence about its latents.
   *
   * @param evidence over all pictures of the library
   */
  public record OpenModel(SteeringModel model, List<ModelPicture> pictures, LatentIndex evidence) {

    Optional<ModelPicture> picture(String file) {
      return pictures.stream().filter(each -> each.entry().file().equals(file)).findFirst();
    }
  }

  /**
   * @throws org.steerstudy.engine.EngineException when checkpoint and autoencoder cannot be used,
   *     or not together
   */
  public OpenModel open(ModelChoice choice) {
    return open.computeIfAbsent(choice, this::load);
  }

  private OpenModel load(ModelChoice choice) {
    Path library = config.models().resolve(choice.library());
    SteeringModel model =
        SteeringModel.open(library.resolve("model"), library.resolve(choice.sae()));
    List<ModelPicture> pictures =
        shelf.library(choice.library()).stream()
            .map(shelved -> new ModelPicture(shelved, model.picture(shelved.bytes())))
            .toList();
    LatentIndex evidence =
        LatentIndex.build(model, pictures.stream().map(ModelPicture::picture).toList());
    return new OpenModel(model, pictures, evidence);
  }

  @PreDestroy
  void close() {
    open.values().forEach(each -> each.model().close());
  }
}
