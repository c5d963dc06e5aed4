package org.steerstudy.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureCatalogTest {

  private static final Path DEMO = Path.of("models/demo");

  @TempDir Path library;

  @Test
  void theDemoLibraryIsListedWhole() {
    PictureCatalog catalog = PictureCatalog.read(DEMO);
    assertEquals(198, catalog.pictures().size());
    assertEquals(Set.of("task", "twin", "reference", "aligned"), catalog.kinds());
    assertEquals(90, catalog.ofKinds(List.of("reference")).size());
    assertEquals(108, catalog.ofKinds(List.of("reference", "aligned")).size());
    assertEquals(
        new CataloguedPicture("bg_water_00.jpg", "task", "apple", "boat"),
        catalog.find("bg_water_00.jpg").orElseThrow());
  }

  @Test
  void aPictureIsKnownByItsNameOnly() {
    PictureCatalog catalog = PictureCatalog.read(DEMO);
    assertTrue(catalog.find("../images/bg_water_00.jpg").isEmpty());
    assertTrue(catalog.find("../images.csv").isEmpty());
    CataloguedPicture stranger = new CataloguedPicture("../golden.json", "task", "apple", "boat");
    assertThrows(IllegalArgumentException.class, () -> catalog.path(stranger));
  }

  @Test
  void aMissingListIsNamed() {
    assertTrue(refusal().getMessage().contains("images.csv: the library has no list of pictures"));
  }

  @Test
  void aMissingColumnIsNamedWithTheOneThatWasMeant() throws IOException {
    list("file,kind,clas\n");
    assertTrue(
        refusal()
            .getMessage()
            .endsWith("images.csv:1:1: the column \"class\" is missing (did you mean \"clas\"?)"));
  }

  @Test
  void aPathInTheListIsRefused() throws IOException {
    list("file,kind,class\n../../secret.jpg,task,cat\n");
    assertTrue(refusal().getMessage().contains(":2:1: \"../../secret.jpg\" is not the name"));
  }

  @Test
  void aPictureListedTwiceIsRefused() throws IOException {
    list("file,kind,class\na.jpg,task,cat\na.jpg,task,cat\n");
    assertTrue(refusal().getMessage().contains(":3:1: \"a.jpg\" is listed twice"));
  }

  @Test
  void aRowWithTooFewValuesIsRefused() throws IOException {
    list("file,kind,class\na.jpg,task\n");
    assertTrue(refusal().getMessage().contains(":2:1: the row has 2 values for 3 columns"));
  }

  @Test
  void everyPictureThatIsNotThereIsNamed() throws IOException {
    list("file,kind,class\na.jpg,task,cat\nb.jpg,task,cat\n");
    assertEquals(
        List.of("a.jpg", "b.jpg"), refusal().errors().stream().map(ScriptError::path).toList());
  }

  private void list(String text) throws IOException {
    Files.writeString(library.resolve("images.csv"), text);
  }

  private ScriptException refusal() {
    return assertThrows(ScriptException.class, () -> PictureCatalog.read(library));
  }
}
