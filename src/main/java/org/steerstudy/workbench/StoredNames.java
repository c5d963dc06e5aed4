package org.steerstudy.workbench;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.Arrays;
import java.util.Locale;

/** The names under which enumerations stand in the database: lower case, with hyphens. */
final class StoredNames {

  private StoredNames() {}

  private static String of(Enum<?> value) {
    return value == null ? null : value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static <E extends Enum<E>> E parse(Class<E> type, String name) {
    return name == null
        ? null
        : Enum.valueOf(type, name.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  @Converter
  static final class PhaseColumn implements AttributeConverter<Phase, String> {
    @Override
    public String convertToDatabaseColumn(Phase phase) {
      return of(phase);
    }

    @Override
    public Phase convertToEntityAttribute(String column) {
      return parse(Phase.class, column);
    }
  }

  @Converter
  static final class ActionColumn implements AttributeConverter<Action, String> {
    @Override
    public String convertToDatabaseColumn(Action action) {
      return of(action);
    }

    @Override
    public Action convertToEntityAttribute(String column) {
      return parse(Action.class, column);
    }
  }

  @Converter
  static final class KindColumn implements AttributeConverter<InterventionKind, String> {
    @Override
    public String convertToDatabaseColumn(InterventionKind kind) {
      return kind.stored();
    }

    @Override
    public InterventionKind convertToEntityAttribute(String column) {
      return Arrays.stream(InterventionKind.values())
          .filter(kind -> kind.stored().equals(column))
          .findFirst()
          .orElseThrow();
    }
  }

  @Converter
  static final class MeasureColumn implements AttributeConverter<Measurement.Kind, String> {
    @Override
    public String convertToDatabaseColumn(Measurement.Kind kind) {
      return of(kind);
    }

    @Override
    public Measurement.Kind convertToEntityAttribute(String column) {
      return parse(Measurement.Kind.class, column);
    }
  }
}
