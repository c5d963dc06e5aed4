package org.steerstudy.export;

/** The README of an export: how to read it, for somebody who has nothing but the files. */
final class Readme {

  static final String FORMULA_GUARD =
      "Text cells that a spreadsheet would run as a formula (first character = + - @, tab, line break"
          + " or a full-width form of these) have one apostrophe in front. To undo: where a text begins"
          + " with apostrophes followed by one of these characters, take one apostrophe off.";

  private Readme() {}

  static String of(StudyExport.Request request) {
    StringBuilder tables = new StringBuilder();
    for (Table table : Tables.ALL) {
      tables.append("- `").append(table.file()).append("`: ").append(table.about()).append('\n');
    }
    return """
        # Data of the study "%s"

        Exported by SteerStudy. Robot participants are %s, pilot participants are %s.
        Participants appear under pseudonyms only; the labels of their links are not in this export.

        ## Files

        %s- `scripts/<sha256>.yaml`: the study's scripts, byte for byte; `sessions.csv` says which session ran which.
        - `data_dictionary.csv`: every column of every table with type, unit and meaning.
        - `manifest.json`: rows, bytes and SHA-256 of every file, the gaps in every sequence of events, filters
          and versions. It is written last and ends with `"status": "complete"`. An export without it was cut
          short: do not use it.

        ## How to read the tables

        - CSV after RFC 4180, UTF-8 without a byte order mark, lines end with LF, the first line names the columns.
        - An absent value is nothing between the commas; an empty text is `""`.
        - Times are ISO 8601 in UTC with microseconds. Yes and no are `true` and `false`.
        - Numbers have full precision: they read back as the same 64-bit floating-point value.
        - Columns of type `json` hold one JSON value each.
        - %s
        - The same data gives the same bytes in every file except `manifest.json`, which holds the time of the export.

        ## What is counted how

        Interventions count when they were applied. A preview, which a slider makes while it moves, is counted
        apart. "Suppress" is an intervention after which a latent's activation is closer to zero than before,
        "amplify" one after which it is farther from zero; a turned sign, a latent switched on, resets, undos and
        redos are kinds of their own. `multiple_before` and `multiple_after` in `interventions.csv` hold the raw
        values, so that other definitions can be applied.

        Events carry a number per browser tab. `manifest.json` lists for every session and tab how many numbers the
        browser declared, how many are held and which ranges are missing.
        """
        .formatted(
            request.slug(),
            request.robots() ? "included" : "left out",
            request.pilots() ? "included" : "left out",
            tables,
            FORMULA_GUARD);
  }
}
