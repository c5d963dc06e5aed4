package org.steerstudy.engine;

import java.nio.file.Path;

/**
 * The one failure of the engine. The message says what is wrong and what to do about it, names
 * files by their folder and name only, and can be shown to whoever chose the file, the picture or
 * the edit.
 */
public final class EngineException extends RuntimeException {

  /** What the failure is about. */
  public enum Kind {
    /** The folder of a CLIP checkpoint cannot be used. */
    CHECKPOINT,
    /** The folder of a sparse autoencoder cannot be used. */
    SAE,
    /** Two things that are each in order do not belong together. */
    MISMATCH,
    /** A picture cannot be read or used. */
    PICTURE,
    /** A prompt, a list of prompts or the choice of a prompt cannot be used. */
    PROMPT,
    /** An edit, a latent or a dose cannot be used. */
    EDIT
  }

  private final Kind kind;

  private EngineException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** What the failure is about. */
  public Kind kind() {
    return kind;
  }

  /**
   * A file of a checkpoint or an autoencoder cannot be used.
   *
   * @param kind {@link Kind#CHECKPOINT} or {@link Kind#SAE}
   * @param file the file or folder; its last two names go into the message
   * @param problem what is wrong and what to do, a sentence without the file's name
   */
  public static EngineException file(Kind kind, Path file, String problem) {
    return new EngineException(kind, shortName(file) + ": " + problem, null);
  }

  /** As {@link #file(Kind, Path, String)}, caused by a failure below. */
  public static EngineException file(Kind kind, Path file, String problem, Throwable cause) {
    return new EngineException(kind, shortName(file) + ": " + problem, cause);
  }

  /** A checkpoint and an autoencoder do not belong together. */
  public static EngineException mismatch(String problem) {
    return new EngineException(Kind.MISMATCH, problem, null);
  }

  /** A picture cannot be read or used. */
  public static EngineException picture(String problem) {
    return new EngineException(Kind.PICTURE, problem, null);
  }

  /** A picture cannot be decoded, because of a failure below. */
  public static EngineException picture(String problem, Throwable cause) {
    return new EngineException(Kind.PICTURE, problem, cause);
  }

  /** A prompt or the choice of a prompt cannot be used. */
  public static EngineException prompt(String problem) {
    return new EngineException(Kind.PROMPT, problem, null);
  }

  /** An edit, a latent or a dose cannot be used. */
  public static EngineException edit(String problem) {
    return new EngineException(Kind.EDIT, problem, null);
  }

  private static String shortName(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    int names = absolute.getNameCount();
    if (names == 0) {
      return absolute.toString();
    }
    return absolute.subpath(Math.max(0, names - 2), names).toString().replace('\\', '/');
  }
}
