package org.steerstudy.study;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** One page of a study. As JSON and YAML its kind stands in {@code type}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ConsentStep.class, name = ConsentStep.TYPE),
  @JsonSubTypes.Type(value = TextStep.class, name = TextStep.TYPE),
  @JsonSubTypes.Type(value = WorkbenchStep.class, name = WorkbenchStep.TYPE),
  @JsonSubTypes.Type(value = QuestionnaireStep.class, name = QuestionnaireStep.TYPE),
  @JsonSubTypes.Type(value = DebriefStep.class, name = DebriefStep.TYPE)
})
public sealed interface Step
    permits ConsentStep, TextStep, WorkbenchStep, QuestionnaireStep, DebriefStep {

  /** Unique in the script; lower-case letters, digits and hyphens; stands in every stored row. */
  String id();

  /** Heading of the page. */
  String title();

  /** Kind of the step, as in the script. */
  String type();
}
