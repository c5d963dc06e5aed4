package org.steerstudy.study;

import java.nio.file.Path;
import java.util.List;
import org.steerstudy.platform.Hashes;
import org.yaml.snakeyaml.nodes.Node;

/** Reads study scripts. Everything that can be known to be wrong is reported at once, in place. */
public final class StudyScripts {

  private StudyScripts() {}

  /**
   * Reads a script without looking at any model library.
   *
   * @param source the YAML text
   * @param name what the text is called in error messages, such as {@code tasks/demo/study.yaml}
   * @throws ScriptException with every error in the text
   */
  public static StudyScript read(String source, String name) {
    Findings findings = new Findings();
    return read(source, name, findings);
  }

  /**
   * Reads a script and checks that the models folder holds the library, the sparse autoencoder, the
   * pictures and the kinds of pictures that it names.
   *
   * @throws ScriptException with every error, at its place in the text
   */
  public static StudyScript read(String source, String name, Path modelsFolder) {
    Findings findings = new Findings();
    StudyScript script = read(source, name, findings);
    new LibraryCheck(modelsFolder, findings).check(script);
    throwIfAny(name, findings);
    return script;
  }

  /**
   * The same check for a script that has been read before; the errors name their path, but no line.
   */
  public static List<ScriptError> check(StudyScript script, Path modelsFolder) {
    Findings findings = new Findings();
    new LibraryCheck(modelsFolder, findings).check(script);
    return findings.errors();
  }

  /** Lower-case hex SHA-256 of the text: two scripts with the same hash are the same script. */
  public static String sha256(String source) {
    return Hashes.sha256Hex(source);
  }

  private static StudyScript read(String source, String name, Findings findings) {
    Node root = YamlSource.compose(source, name);
    StudyScript script = new ScriptReader(findings).read(root);
    throwIfAny(name, findings);
    return script;
  }

  private static void throwIfAny(String name, Findings findings) {
    if (!findings.errors().isEmpty()) {
      throw ScriptException.of(name, findings.errors());
    }
  }
}
