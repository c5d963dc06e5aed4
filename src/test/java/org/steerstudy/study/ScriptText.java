package org.steerstudy.study;

/** A small script that is right, and the places of words in it. */
final class ScriptText {

  static final String VALID =
      """
      format: steerstudy/1
      slug: small
      title: A small study
      summary: One of each.
      minutes: 10
      contact: somebody
      model: { library: demo, sae: sae-cls-L5 }
      steps:
        - id: consent
          type: consent
          title: Consent
          text: Please read.
          items:
            - { id: agree-v1, text: I agree., required: true }
            - { id: publish-v1, text: You may publish., required: false }
        - id: questions
          type: questionnaire
          title: Questions
          items:
            - id: role
              type: choice
              text: Your role?
              options: [{ id: a, text: A }, { id: b, text: B }]
            - id: tools
              type: multiple
              text: Which tools?
              required: false
              options: [{ id: c, text: C }, { id: d, text: D }]
            - { id: agreement, type: likert, text: "Agree?", points: 7, low: no, high: yes }
            - { id: sure, type: slider, text: "How sure?", min: 0, max: 100 }
            - { id: years, type: number, text: "Years?", min: 0 }
            - { id: name, type: short-text, text: "A word?" }
            - { id: story, type: long-text, text: "A story?" }
        - id: task
          type: workbench
          title: Task
          task: Find the cause.
          image: bg_water_00.jpg
          prompts:
            template: a photo of a {}
            classes:
              - boat
              - { name: apple, text: a photo of an apple }
              - cat
          target: boat
          contrast: apple
          truth: apple
          panels: [ripple, attribution, steering, sweep]
          operations: [suppress, scale]
          doses: [-1, 0, 1.5]
          ask: { hypothesis: required, confidence: off }
          answer:
            question: Why?
            options: [{ id: water, text: Water }, { id: shape, text: Shape }]
            explanation: optional
          success:
            cause: water
            repaired: true
            ripple: { kinds: [reference, aligned], atMost: 0.05, ownClassAtMost: 0.5 }
          attempts: 2
        - id: end
          type: debrief
          title: Thank you
          text: It was the water.
      """;

  private ScriptText() {}

  /** The script with one piece, which must occur exactly once, replaced. */
  static String with(String piece, String replacement) {
    if (VALID.indexOf(piece) < 0 || VALID.indexOf(piece) != VALID.lastIndexOf(piece)) {
      throw new IllegalArgumentException("not exactly once in the script: " + piece);
    }
    return VALID.replace(piece, replacement);
  }

  /** {@code line:column} of a piece of the text, which must occur exactly once. */
  static String placeOf(String piece, String text) {
    int at = text.indexOf(piece);
    if (at < 0 || at != text.lastIndexOf(piece)) {
      throw new IllegalArgumentException("not exactly once in the script: " + piece);
    }
    String before = text.substring(0, at);
    long line = before.chars().filter(c -> c == '\n').count() + 1;
    return line + ":" + (at - before.lastIndexOf('\n'));
  }
}
