package org.steerstudy.study;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** One question. As JSON and YAML its kind stands in {@code type}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Item.Choice.class, name = Item.Choice.TYPE),
  @JsonSubTypes.Type(value = Item.Multiple.class, name = Item.Multiple.TYPE),
  @JsonSubTypes.Type(value = Item.Likert.class, name = Item.Likert.TYPE),
  @JsonSubTypes.Type(value = Item.Slider.class, name = Item.Slider.TYPE),
  @JsonSubTypes.Type(value = Item.Numeric.class, name = Item.Numeric.TYPE),
  @JsonSubTypes.Type(value = Item.ShortText.class, name = Item.ShortText.TYPE),
  @JsonSubTypes.Type(value = Item.LongText.class, name = Item.LongText.TYPE)
})
public sealed interface Item
    permits Item.Choice,
        Item.Multiple,
        Item.Likert,
        Item.Slider,
        Item.Numeric,
        Item.ShortText,
        Item.LongText {

  /** Unique in its step; what answers are stored under. */
  String id();

  /** The question, plain text. */
  String text();

  /** Whether the page can only be left with an answer. */
  boolean required();

  /** Kind of the question, as in the script. */
  String type();

  /** Exactly one of the options; the answer is the option's id. */
  record Choice(String id, String text, boolean required, List<Option> options) implements Item {
    static final String TYPE = "choice";

    public Choice {
      options = List.copyOf(options);
    }

    @Override
    public String type() {
      return TYPE;
    }
  }

  /** Any number of the options, at least one when required; the answer is an array of ids. */
  record Multiple(String id, String text, boolean required, List<Option> options) implements Item {
    static final String TYPE = "multiple";

    public Multiple {
      options = List.copyOf(options);
    }

    @Override
    public String type() {
      return TYPE;
    }
  }

  /**
   * Agreement in steps; the answer is an integer from 1 to {@code points}.
   *
   * @param points number of steps, 2 to 11
   * @param low words at 1
   * @param high words at {@code points}
   */
  record Likert(String id, String text, boolean required, int points, String low, String high)
      implements Item {
    static final String TYPE = "likert";

    @Override
    public String type() {
      return TYPE;
    }
  }

  /**
   * A value on a line; the answer is a number from {@code min} to {@code max}.
   *
   * @param step distance of the values that can be chosen
   * @param low words at {@code min}
   * @param high words at {@code max}
   */
  record Slider(
      String id,
      String text,
      boolean required,
      double min,
      double max,
      double step,
      String low,
      String high)
      implements Item {
    static final String TYPE = "slider";

    @Override
    public String type() {
      return TYPE;
    }
  }

  /**
   * A typed number.
   *
   * @param min smallest number allowed; null for none
   * @param max largest number allowed; null for none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Numeric(String id, String text, boolean required, Double min, Double max) implements Item {
    static final String TYPE = "number";

    @Override
    public String type() {
      return TYPE;
    }
  }

  /** One line of text. */
  record ShortText(String id, String text, boolean required) implements Item {
    static final String TYPE = "short-text";

    @Override
    public String type() {
      return TYPE;
    }
  }

  /** Several lines of text. */
  record LongText(String id, String text, boolean required) implements Item {
    static final String TYPE = "long-text";

    @Override
    public String type() {
      return TYPE;
    }
  }
}
