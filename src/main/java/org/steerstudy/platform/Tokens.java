package org.steerstudy.platform;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * Secrets that open something: a participant's link, a staff session. 256 random bits, shown to
 * their owner once; only the hash is stored. A plain SHA-256 is enough here, because such a token
 * cannot be guessed as a password can.
 */
public final class Tokens {

  private static final SecureRandom RANDOM = new SecureRandom();

  private Tokens() {}

  /** 43 characters of base64url. */
  public static String random() {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** What is stored in place of the token. */
  public static byte[] hash(String token) {
    return Hashes.sha256(token);
  }
}
