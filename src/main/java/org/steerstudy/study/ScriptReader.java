package org.steerstudy.study;

import java.util.List;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Reads the study and its steps from YAML nodes. What it returns is whole only without findings.
 */
final class ScriptReader {

  private static final Pattern FOLDER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
  private static final List<String> STEP_TYPES =
      List.of(
          ConsentStep.TYPE,
          TextStep.TYPE,
          WorkbenchStep.TYPE,
          QuestionnaireStep.TYPE,
          DebriefStep.TYPE);

  private final Findings findings;
  private final ItemReader items;
  private final WorkbenchReader workbench;

  ScriptReader(Findings findings) {
    this.findings = findings;
    this.items = new ItemReader(findings);
    this.workbench = new WorkbenchReader(findings);
  }

  /** The study, or null if the root is no mapping. */
  StudyScript read(Node root) {
    return YamlMap.of(root, "", findings).map(this::study).orElse(null);
  }

  private StudyScript study(YamlMap map) {
    String format = map.word("format", List.of(StudyScript.FORMAT));
    String slug = map.id("slug");
    String title = map.text("title");
    String summary = map.text("summary");
    Integer minutes = map.integer("minutes", 1, 600);
    String contact = map.text("contact");
    ModelChoice model = map.map("model").map(this::model).orElse(null);
    StepOrder order = new StepOrder();
    List<Step> steps = map.list("steps", (node, path) -> step(node, path, order));
    order.finish(map);
    map.finish();
    return new StudyScript(
        format, slug, title, summary, minutes == null ? 0 : minutes, contact, model, steps);
  }

  private ModelChoice model(YamlMap map) {
    ModelChoice model = new ModelChoice(folder(map, "library"), folder(map, "sae"));
    map.finish();
    return model;
  }

  private static String folder(YamlMap map, String key) {
    String name = map.text(key);
    if (name != null && !FOLDER.matcher(name).matches()) {
      map.report(
          key,
          "\"" + name + "\" is not the name of a folder",
          "a plain name such as demo, not a path");
      return null;
    }
    return name;
  }

  private Step step(Node node, String path, StepOrder order) {
    YamlMap map = YamlMap.of(node, path, findings).orElse(null);
    if (map == null) {
      order.next(null, node, path, null);
      return null;
    }
    String type = map.word("type", STEP_TYPES);
    String id = map.id("id");
    order.next(type, node, path, id);
    if (type == null) {
      return null;
    }
    String title = map.text("title");
    Step step =
        switch (type) {
          case ConsentStep.TYPE -> consent(map, id, title);
          case TextStep.TYPE -> new TextStep(id, title, map.text("text"));
          case QuestionnaireStep.TYPE -> questionnaire(map, id, title);
          case WorkbenchStep.TYPE -> workbench.read(map, id, title);
          case DebriefStep.TYPE -> new DebriefStep(id, title, map.text("text"));
          default -> throw new IllegalStateException("a step type without a reader: " + type);
        };
    map.finish();
    return step;
  }

  private ConsentStep consent(YamlMap map, String id, String title) {
    String text = map.text("text");
    List<ConsentItem> statements = map.uniqueList("items", this::consentItem, ConsentItem::id);
    if (!statements.isEmpty() && statements.stream().noneMatch(ConsentItem::required)) {
      map.report(
          "items", "no statement is required, so nobody has to agree", "set required: true on one");
    }
    return new ConsentStep(id, title, text, statements);
  }

  private ConsentItem consentItem(Node node, String path) {
    YamlMap map = YamlMap.of(node, path, findings).orElse(null);
    if (map == null) {
      return null;
    }
    ConsentItem item =
        new ConsentItem(map.id("id"), map.text("text"), map.flagOr("required", true));
    map.finish();
    return item;
  }

  private QuestionnaireStep questionnaire(YamlMap map, String id, String title) {
    return new QuestionnaireStep(
        id, title, map.textOr("text", ""), map.uniqueList("items", items::read, Item::id));
  }

  /** Consent first, one debrief, and that last; no id twice. */
  private final class StepOrder {

    private final UniqueIds ids = new UniqueIds(findings);
    private int count;
    private String lastType;
    private String debriefPath;

    void next(String type, Node node, String path, String id) {
      ids.add(id, node, path + ".id");
      if (count == 0 && type != null && !type.equals(ConsentStep.TYPE)) {
        findings.report(
            path + ".type", "the first step must be the consent", "put a consent step before it");
      }
      if (DebriefStep.TYPE.equals(type)) {
        if (debriefPath != null) {
          findings.report(
              path + ".type",
              "a study has only one debrief",
              "make this a text step, or join them");
        } else {
          debriefPath = path;
        }
      }
      lastType = type;
      count++;
    }

    void finish(YamlMap study) {
      if (!study.has("steps")) {
        return;
      }
      if (count == 0) {
        study.report("steps", "there are no steps", "at least a consent and a debrief");
      } else if (debriefPath == null) {
        if (lastType != null) {
          study.report("steps", "the debrief is missing", "add a step of type debrief at the end");
        }
      } else if (!DebriefStep.TYPE.equals(lastType)) {
        findings.report(debriefPath + ".type", "the debrief must be the last step", "move it down");
      }
    }
  }
}
