package org.steerstudy.access;

import io.quarkus.elytron.security.common.BcryptUtil;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;

/** What a password must be, how it is stored, and how a one-time password is drawn. */
final class Passwords {

  static final int MIN_LENGTH = 12;

  /** bcrypt ignores what goes beyond, so that two different passwords would be the same. */
  private static final int MAX_BYTES = 72;

  private static final int COST = 12;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** No letters that look like others: the password is copied from a terminal by eye. */
  private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

  /** Verified in place of an unknown account's, so that both refusals take the same time. */
  private static final String NOBODY = hash("nobody has this password");

  private Passwords() {}

  static String hash(String password) {
    return BcryptUtil.bcryptHash(password, COST);
  }

  static boolean matches(String password, Optional<String> hash) {
    boolean same = BcryptUtil.matches(password, hash.orElse(NOBODY));
    return same && hash.isPresent();
  }

  /** Five groups of four letters: 99 random bits. */
  static String oneTime() {
    StringBuilder password = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      if (i > 0 && i % 4 == 0) {
        password.append('-');
      }
      password.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
    }
    return password.toString();
  }

  /** Why a password is not accepted, or nothing. */
  static Optional<String> objection(String login, String password) {
    if (password.codePointCount(0, password.length()) < MIN_LENGTH) {
      return Optional.of(
          "Use at least " + MIN_LENGTH + " characters. A few words in a row are fine.");
    }
    if (password.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      return Optional.of("Use at most " + MAX_BYTES + " characters (fewer with accents).");
    }
    if (password.toLowerCase(Locale.ROOT).contains(login)
        || password.chars().distinct().count() < 5) {
      return Optional.of("This password is too easy to guess. Choose one without the login in it.");
    }
    return Optional.empty();
  }
}
