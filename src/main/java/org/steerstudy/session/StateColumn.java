package org.steerstudy.session;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.Locale;

/** Stores a session's state by its lower-case name, as queries and exports show it. */
@Converter
class StateColumn implements AttributeConverter<Session.State, String> {

  @Override
  public String convertToDatabaseColumn(Session.State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public Session.State convertToEntityAttribute(String column) {
    return Session.State.valueOf(column.toUpperCase(Locale.ROOT));
  }
}
