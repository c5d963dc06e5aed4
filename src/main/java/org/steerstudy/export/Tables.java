package org.steerstudy.export;

import java.util.List;

/** Every table of an export, in the order in which they are written. */
final class Tables {

  static final List<Table> ALL =
      List.of(
          PeopleTables.PARTICIPANTS,
          PeopleTables.SESSIONS,
          PeopleTables.STEPS,
          PeopleTables.ANSWERS,
          PeopleTables.EVENTS,
          WorkbenchTables.VIEWS,
          WorkbenchTables.COMPONENTS,
          WorkbenchTables.INTERVENTIONS,
          WorkbenchTables.PREDICTIONS,
          WorkbenchTables.OUTCOMES,
          MeasurementTables.MEASUREMENTS,
          MeasurementTables.SWEEP_DOSES,
          MeasurementTables.RIPPLE_FLIPS,
          MeasurementTables.RIPPLE_CONTROLS,
          MeasurementTables.ABLATIONS);

  private Tables() {}
}
