package org.steerstudy.access;

import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Turns a staff token into an identity with the role {@code researcher}. Who still has a one-time
 * password has no role yet: such a browser can change the password and nothing else.
 */
@ApplicationScoped
public class StaffIdentities implements IdentityProvider<StaffToken> {

  /** May see what participants did, make links and download exports. */
  public static final String RESEARCHER = "researcher";

  private final SignIn signIn;

  StaffIdentities(SignIn signIn) {
    this.signIn = signIn;
  }

  @Override
  public Class<StaffToken> getRequestType() {
    return StaffToken.class;
  }

  @Override
  public Uni<SecurityIdentity> authenticate(
      StaffToken request, AuthenticationRequestContext context) {
    return context.runBlocking(
        () -> signIn.identify(request.token()).map(StaffIdentities::identity).orElse(null));
  }

  private static SecurityIdentity identity(SignIn.Staff staff) {
    QuarkusSecurityIdentity.Builder identity =
        QuarkusSecurityIdentity.builder().setPrincipal(new QuarkusPrincipal(staff.login()));
    if (!staff.mustChangePassword()) {
      identity.addRole(RESEARCHER);
    }
    return identity.build();
  }
}
