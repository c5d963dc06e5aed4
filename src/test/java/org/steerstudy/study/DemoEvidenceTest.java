package org.steerstudy.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.steerstudy.engine.Demo;
import org.steerstudy.engine.SteeringModel;
import org.steerstudy.engine.clip.Picture;
import org.steerstudy.engine.clip.PromptSet;
import org.steerstudy.engine.steering.Edit;
import org.steerstudy.engine.steering.RippleReport;

/** The limits of the demo study stand on numbers from PyTorch; the engine that judges agrees. */
class DemoEvidenceTest {

  private static final Path FOLDER = Path.of("tasks/attribution-to-action");

  private static SteeringModel model;
  private static PictureCatalog catalog;

  @BeforeAll
  static void open() {
    model = SteeringModel.open(Demo.MODEL, Demo.CLS_L5);
    catalog = PictureCatalog.read(Demo.FOLDER);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  static Stream<WorkbenchStep> tasks() throws IOException {
    String source = Files.readString(FOLDER.resolve("study.yaml"));
    return StudyScripts.read(source, "study.yaml").steps().stream()
        .filter(WorkbenchStep.class::isInstance)
        .map(WorkbenchStep.class::cast);
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void everyMeasuredEditDoesTheSameInTheEngine(WorkbenchStep task) throws IOException {
    List<String> classes = task.prompts().classes();
    PromptSet prompts = model.prompts(task.prompts().texts());
    Picture picture = model.picture(Demo.encoded(task.image()));
    List<CataloguedPicture> others = catalog.ofKinds(task.success().ripple().kinds());
    List<Picture> pictures =
        others.stream().map(other -> model.picture(Demo.encoded(other.file()))).toList();
    int[] truths = others.stream().mapToInt(other -> classes.indexOf(other.truth())).toArray();
    List<CSVRecord> measured = measured(task);
    assertTrue(measured.size() >= 7, "an empty table proves nothing");
    for (CSVRecord row : measured) {
      List<Edit> edits =
          Arrays.stream(row.get("latents").split(" "))
              .map(latent -> Edit.suppress(Integer.parseInt(latent)))
              .toList();
      String after = classes.get(model.steer(picture, prompts, edits).top());
      RippleReport ripple = model.ripple(pictures, truths, prompts, edits);
      int own = classes.indexOf(task.target());
      String found =
          "%s %d/%d %.4f"
              .formatted(after, ripple.broken(), ripple.rightBefore(), ripple.rippleRate(own));
      String expected =
          "%s %s/%s %.4f"
              .formatted(
                  row.get("after"),
                  row.get("broken"),
                  row.get("right"),
                  Double.parseDouble(row.get("broken_own"))
                      / Double.parseDouble(row.get("right_own")));
      assertEquals(expected, found, task.id() + " without " + row.get("latents"));
    }
  }

  private static List<CSVRecord> measured(WorkbenchStep task) throws IOException {
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    try (Reader reader = Files.newBufferedReader(FOLDER.resolve("evidence/edits.csv"))) {
      return format.parse(reader).stream()
          .filter(edit -> edit.get("file").equals(task.image()))
          .toList();
    }
  }
}
