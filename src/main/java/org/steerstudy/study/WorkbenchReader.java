package org.steerstudy.study;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/** Reads a workbench step and checks that its parts fit each other. */
final class WorkbenchReader {

  private static final Pattern FILE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,199}");
  private static final int MAX_DOSES = 41;

  private final Findings findings;
  private final ItemReader items;

  WorkbenchReader(Findings findings) {
    this.findings = findings;
    this.items = new ItemReader(findings);
  }

  WorkbenchStep read(YamlMap map, String id, String title) {
    String task = map.text("task");
    String image = image(map);
    Prompts prompts = map.map("prompts").map(this::prompts).orElse(null);
    String target = className(map, "target", prompts);
    String contrast = map.has("contrast") ? className(map, "contrast", prompts) : null;
    if (contrast != null && contrast.equals(target)) {
      map.report("contrast", "contrast and target are the same class", "");
    }
    String truth = className(map, "truth", prompts);
    Set<Panel> panels = set(map, "panels", Panel.class, Panel::key);
    Set<OperationName> operations = operations(map, panels);
    List<Double> doses = doses(map, panels);
    Asks ask = map.mapIfPresent("ask").map(this::asks).orElse(new Asks(Ask.OFF, Ask.OFF, Ask.OFF));
    CauseQuestion answer = map.map("answer").map(this::causeQuestion).orElse(null);
    Success success = map.map("success").map(inner -> success(inner, answer, panels)).orElse(null);
    int attempts = map.integerOr("attempts", 0, 0, 1000);
    return new WorkbenchStep(
        id,
        title,
        task,
        image,
        prompts,
        target,
        contrast,
        truth,
        panels,
        operations,
        doses,
        ask,
        answer,
        success,
        attempts);
  }

  private static String image(YamlMap map) {
    String image = map.text("image");
    if (image != null && !FILE.matcher(image).matches()) {
      map.report(
          "image",
          "\"" + image + "\" is not the name of a picture",
          "the file name as in images.csv, without folders");
      return null;
    }
    return image;
  }

  private Prompts prompts(YamlMap map) {
    String template = map.text("template");
    if (template != null && template.split(Pattern.quote(Prompts.PLACE), -1).length != 2) {
      map.report(
          "template", "the template must hold {} exactly once", "for example \"a photo of a {}\"");
      template = null;
    }
    String whole = template;
    UniqueIds names = new UniqueIds(findings);
    List<Prompts.Entry> entries =
        map.list("classes", (node, path) -> classEntry(node, path, whole, names));
    if (entries.size() < 2) {
      map.report("classes", "a prediction needs at least two classes", "");
    }
    map.finish();
    return new Prompts(template, entries);
  }

  private Prompts.Entry classEntry(Node node, String path, String template, UniqueIds names) {
    String name;
    String text = null;
    if (node instanceof MappingNode) {
      YamlMap map = YamlMap.of(node, path, findings).orElseThrow();
      name = map.text("name");
      text = map.text("text");
      map.finish();
    } else {
      name = Scalars.text(node, path, findings);
      if (name != null && template != null) {
        text = template.replace(Prompts.PLACE, name);
      }
    }
    names.add(name, node, path);
    return name == null ? null : new Prompts.Entry(name, text);
  }

  private static String className(YamlMap map, String key, Prompts prompts) {
    String name = map.text(key);
    if (name == null || prompts == null || prompts.classes().isEmpty()) {
      return name;
    }
    if (!prompts.classes().contains(name)) {
      map.report(
          key,
          "\"" + name + "\" is none of the classes",
          Spelling.suggestion(name, prompts.classes()));
    }
    return name;
  }

  private static Set<OperationName> operations(YamlMap map, Set<Panel> panels) {
    boolean steering = panels.contains(Panel.STEERING);
    if (!steering && !map.has("operations")) {
      return Set.of();
    }
    Set<OperationName> operations = set(map, "operations", OperationName.class, OperationName::key);
    if (!steering) {
      map.report("operations", "without the panel steering nothing can be edited", "remove it");
    } else if (operations.isEmpty() && map.has("operations")) {
      map.report("operations", "the panel steering needs at least one operation", "");
    }
    return operations;
  }

  private List<Double> doses(YamlMap map, Set<Panel> panels) {
    boolean sweep = panels.contains(Panel.SWEEP);
    if (!sweep && !map.has("doses")) {
      return List.of();
    }
    Double[] last = {null};
    List<Double> doses =
        map.list(
            "doses",
            (node, path) -> {
              Double dose = Scalars.number(node, path, findings);
              if (dose != null && last[0] != null && dose <= last[0]) {
                findings.report(
                    node, path, dose + " is not above the dose before it", "sort them ascending");
              }
              last[0] = dose == null ? last[0] : dose;
              return dose;
            });
    if (!sweep) {
      map.report("doses", "without the panel sweep no dose is used", "remove it");
    } else if (doses.size() > MAX_DOSES) {
      map.report("doses", "there are more than " + MAX_DOSES + " doses", "");
    } else if (doses.isEmpty() && map.has("doses")) {
      map.report("doses", "the panel sweep needs at least one dose", "for example [0, 1, 2]");
    }
    return doses;
  }

  private Asks asks(YamlMap map) {
    Asks asks = new Asks(ask(map, "hypothesis"), ask(map, "confidence"), ask(map, "trust"));
    map.finish();
    return asks;
  }

  private static Ask ask(YamlMap map, String key) {
    if (!map.has(key)) {
      return Ask.OFF;
    }
    List<String> known = Arrays.stream(Ask.values()).map(Ask::key).toList();
    String word = map.word(key, known);
    return word == null ? Ask.OFF : Ask.values()[known.indexOf(word)];
  }

  private CauseQuestion causeQuestion(YamlMap map) {
    CauseQuestion question =
        new CauseQuestion(map.text("question"), items.options(map), ask(map, "explanation"));
    map.finish();
    return question;
  }

  private Success success(YamlMap map, CauseQuestion answer, Set<Panel> panels) {
    String cause = map.text("cause");
    List<String> options =
        answer == null ? List.of() : answer.options().stream().map(Option::id).toList();
    if (cause != null && !options.isEmpty() && !options.contains(cause)) {
      map.report(
          "cause",
          "\"" + cause + "\" is none of the options of the answer",
          Spelling.suggestion(cause, options));
    }
    Boolean repaired = map.flag("repaired");
    RippleLimit ripple = map.mapIfPresent("ripple").map(this::ripple).orElse(null);
    if (!panels.isEmpty() && !panels.contains(Panel.STEERING)) {
      if (Boolean.TRUE.equals(repaired)) {
        map.report(
            "repaired", "nothing can be repaired without the panel steering", "set it false");
      }
      if (ripple != null) {
        map.report("ripple", "nothing can be broken without the panel steering", "remove it");
      }
    }
    map.finish();
    return new Success(cause, Boolean.TRUE.equals(repaired), ripple);
  }

  private RippleLimit ripple(YamlMap map) {
    List<String> kinds = map.list("kinds", (node, path) -> Scalars.text(node, path, findings));
    if (kinds.isEmpty() && map.has("kinds")) {
      map.report("kinds", "the list is empty", "for example [reference, aligned]");
    }
    Double atMost = map.rate("atMost");
    Double ownClassAtMost = map.rate("ownClassAtMost");
    map.finish();
    return new RippleLimit(
        List.copyOf(new LinkedHashSet<>(kinds)),
        atMost == null ? 0 : atMost,
        ownClassAtMost == null ? 0 : ownClassAtMost);
  }

  private static <E extends Enum<E>> Set<E> set(
      YamlMap map, String key, Class<E> type, Function<E, String> word) {
    Set<E> found = EnumSet.noneOf(type);
    List<String> known = Arrays.stream(type.getEnumConstants()).map(word).toList();
    map.words(key, known).forEach(name -> found.add(type.getEnumConstants()[known.indexOf(name)]));
    return found;
  }
}
