package org.steerstudy.study;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Whether the models folder holds what a script names. */
final class LibraryCheck {

  private final Path models;
  private final Findings findings;

  LibraryCheck(Path models, Findings findings) {
    this.models = models;
    this.findings = findings;
  }

  void check(StudyScript script) {
    String name = script.model().library();
    List<String> libraries = foldersWith(models, "model");
    if (!libraries.contains(name)) {
      findings.report(
          "model.library",
          "there is no model library \"" + name + "\"",
          Spelling.suggestion(name, libraries));
      return;
    }
    Path library = models.resolve(name);
    List<String> saes = foldersWith(library, "cfg.json");
    if (!saes.contains(script.model().sae())) {
      findings.report(
          "model.sae",
          "the library \"%s\" has no sparse autoencoder \"%s\""
              .formatted(name, script.model().sae()),
          Spelling.suggestion(script.model().sae(), saes));
    }
    try {
      checkPictures(script, PictureCatalog.read(library));
    } catch (ScriptException e) {
      e.errors().forEach(error -> findings.report("model.library", error.format(e.name()), ""));
    }
  }

  private void checkPictures(StudyScript script, PictureCatalog catalog) {
    List<String> files = catalog.pictures().stream().map(CataloguedPicture::file).toList();
    for (int i = 0; i < script.steps().size(); i++) {
      if (script.steps().get(i) instanceof WorkbenchStep step) {
        String path = "steps[" + i + "]";
        catalog
            .find(step.image())
            .ifPresentOrElse(
                picture -> checkTruth(step, picture, path),
                () ->
                    findings.report(
                        path + ".image",
                        "the library has no picture \"" + step.image() + "\"",
                        Spelling.suggestion(step.image(), files)));
        if (step.success().ripple() != null) {
          checkRipple(step, catalog, path);
        }
      }
    }
  }

  private void checkTruth(WorkbenchStep step, CataloguedPicture picture, String path) {
    if (!picture.truth().equals(step.truth())) {
      findings.report(
          path + ".truth",
          "the library says that %s shows \"%s\"".formatted(picture.file(), picture.truth()),
          "write truth: " + picture.truth());
    }
  }

  private void checkRipple(WorkbenchStep step, PictureCatalog catalog, String path) {
    List<String> kinds = step.success().ripple().kinds();
    for (int i = 0; i < kinds.size(); i++) {
      if (!catalog.kinds().contains(kinds.get(i))) {
        findings.report(
            path + ".success.ripple.kinds[" + i + "]",
            "the library has no pictures of kind \"" + kinds.get(i) + "\"",
            Spelling.suggestion(kinds.get(i), catalog.kinds()));
      }
    }
    TreeSet<String> strangers = new TreeSet<>();
    catalog.ofKinds(kinds).forEach(picture -> strangers.add(picture.truth()));
    strangers.removeAll(step.prompts().classes());
    if (!strangers.isEmpty()) {
      findings.report(
          path + ".success.ripple.kinds",
          "pictures of these kinds show classes that are not among the prompts: "
              + String.join(", ", strangers),
          "add the classes");
    }
  }

  private static List<String> foldersWith(Path folder, String child) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(entry -> Files.exists(entry.resolve(child)))
          .map(entry -> entry.getFileName().toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
