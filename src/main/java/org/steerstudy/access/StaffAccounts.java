package org.steerstudy.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.steerstudy.platform.Ids;

/** The accounts of staff. */
@ApplicationScoped
public class StaffAccounts {

  static final String FIRST_LOGIN = "researcher";

  private final SignIn signIn;
  private final Audit audit;
  private final Clock clock;

  StaffAccounts(SignIn signIn, Audit audit, Clock clock) {
    this.signIn = signIn;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * A generated password, shown to whoever started the server, to be changed at the first sign-in.
   */
  public record OneTimePassword(String login, String password) {}

  /**
   * Makes the account {@code researcher} when there is no account yet.
   *
   * @param configuredPassword taken as it is, without being asked to change it; later starts do not
   *     change an account that exists
   * @return the generated password, only when this call made the account and none was configured
   */
  @Transactional
  public Optional<OneTimePassword> ensureFirstAccount(Optional<String> configuredPassword) {
    if (StaffAccount.count() > 0) {
      return Optional.empty();
    }
    String password = configuredPassword.orElseGet(Passwords::oneTime);
    StaffAccount account = new StaffAccount();
    account.id = Ids.next();
    account.login = FIRST_LOGIN;
    account.passwordHash = Passwords.hash(password);
    account.mustChangePassword = configuredPassword.isEmpty();
    account.createdAt = clock.instant();
    account.persist();
    audit.record("server", "account.created", FIRST_LOGIN, Map.of());
    return configuredPassword.isPresent()
        ? Optional.empty()
        : Optional.of(new OneTimePassword(FIRST_LOGIN, password));
  }

  /**
   * Changes a password and signs out every browser of the account.
   *
   * @return why it was not changed, or nothing
   */
  Optional<String> changePassword(String login, String current, String fresh) {
    if (current.equals(fresh)) {
      return Optional.of("Choose a password that differs from the present one.");
    }
    Optional<String> objection = Passwords.objection(login, fresh);
    if (objection.isPresent()) {
      return objection;
    }
    if (!signIn.passwordIsRight(login, current)) {
      return Optional.of("The present password is wrong; it was not changed.");
    }
    signIn.replacePassword(login, Passwords.hash(fresh));
    return Optional.empty();
  }
}
