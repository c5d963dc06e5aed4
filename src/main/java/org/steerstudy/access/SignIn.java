package org.steerstudy.access;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.steerstudy.platform.Tokens;

/** Signs staff in and out, and knows who is behind a token. */
@ApplicationScoped
class SignIn {

  private final AccessConfig config;
  private final Audit audit;
  private final Clock clock;

  SignIn(AccessConfig config, Audit audit, Clock clock) {
    this.config = config;
    this.audit = audit;
    this.clock = clock;
  }

  /** Who is signed in. */
  record Staff(String login, boolean mustChangePassword) {}

  /** A browser that has just been signed in. */
  record Opened(String token, Staff staff) {}

  /**
   * A token for a new staff session, if login and password are right and the account is not locked.
   */
  Optional<Opened> open(String login, String password) {
    if (!passwordIsRight(login, password)) {
      return Optional.empty();
    }
    return Optional.of(QuarkusTransaction.requiringNew().call(() -> opened(login)));
  }

  /**
   * Every try is counted before the password is looked at, so that tries at the same moment cannot
   * outrun the lock; the slow comparison holds no row and no connection.
   */
  boolean passwordIsRight(String login, String password) {
    Optional<String> hash = QuarkusTransaction.requiringNew().call(() -> countTry(login));
    boolean right = Passwords.matches(password, hash);
    if (right) {
      QuarkusTransaction.requiringNew().run(() -> forgetTries(login));
    } else {
      QuarkusTransaction.requiringNew().run(() -> recordFailure(login));
    }
    return right;
  }

  private Optional<String> countTry(String login) {
    Optional<StaffAccount> found = StaffAccount.lockedByLogin(login);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    StaffAccount account = found.get();
    Instant now = clock.instant();
    if (account.lockedUntil != null && now.isBefore(account.lockedUntil)) {
      return Optional.empty();
    }
    account.lockedUntil = null;
    account.failedLogins++;
    if (account.failedLogins >= config.lockAfter()) {
      account.failedLogins = 0;
      account.lockedUntil = now.plus(config.lockFor());
    }
    return Optional.of(account.passwordHash);
  }

  private static void forgetTries(String login) {
    StaffAccount account = StaffAccount.lockedByLogin(login).orElseThrow();
    account.failedLogins = 0;
    account.lockedUntil = null;
  }

  /**
   * The name typed is kept only if it is an account: people type passwords into the wrong field.
   */
  private void recordFailure(String login) {
    Optional<StaffAccount> account = StaffAccount.byLogin(login);
    boolean locked = account.map(a -> a.lockedUntil != null).orElse(false);
    audit.record(
        "unknown",
        "sign-in.failed",
        account.map(a -> a.login).orElse("unknown login"),
        Map.of("locked", locked));
  }

  private Opened opened(String login) {
    StaffAccount account = StaffAccount.byLogin(login).orElseThrow();
    Instant now = clock.instant();
    StaffSession.endExpired(now);
    String token = Tokens.random();
    StaffSession session = new StaffSession();
    session.tokenHash = Tokens.hash(token);
    session.account = account;
    session.createdAt = now;
    session.expiresAt = now.plus(config.idle());
    session.persist();
    audit.record(login, "sign-in", login, Map.of());
    return new Opened(token, new Staff(login, account.mustChangePassword));
  }

  /**
   * Who is behind a token. Using it keeps it open, up to the longest time that a sign-in may last.
   */
  @Transactional
  Optional<Staff> identify(String token) {
    Instant now = clock.instant();
    return StaffSession.byToken(token)
        .filter(session -> now.isBefore(session.expiresAt))
        .map(
            session -> {
              renew(session, now);
              return new Staff(session.account.login, session.account.mustChangePassword);
            });
  }

  /** Written only when half of the idle time is gone, not with every request. */
  private void renew(StaffSession session, Instant now) {
    if (session.expiresAt.isAfter(now.plus(config.idle().dividedBy(2)))) {
      return;
    }
    Instant last = session.createdAt.plus(config.longest());
    Instant renewed = now.plus(config.idle());
    session.expiresAt = renewed.isBefore(last) ? renewed : last;
  }

  @Transactional
  void close(String token) {
    StaffSession.byToken(token)
        .ifPresent(
            session ->
                audit.record(session.account.login, "sign-out", session.account.login, Map.of()));
    StaffSession.end(token);
  }

  @Transactional
  void replacePassword(String login, String hash) {
    StaffAccount account = StaffAccount.lockedByLogin(login).orElseThrow();
    account.passwordHash = hash;
    account.mustChangePassword = false;
    StaffSession.endAllOf(account);
    audit.record(login, "password.changed", login, Map.of());
  }
}
