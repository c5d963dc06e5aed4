package org.steerstudy.access;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.steerstudy.platform.ProblemException;

/** Leads who signed in with a one-time password to the page that changes it, from everywhere. */
class FirstPasswordFilter {

  private static final Set<String> OPEN =
      Set.of("/staff/password", "/staff/login", "/staff/logout");

  private final SecurityIdentity identity;

  FirstPasswordFilter(SecurityIdentity identity) {
    this.identity = identity;
  }

  @ServerRequestFilter(preMatching = true, priority = 20)
  public Optional<Response> leadToNewPassword(ContainerRequestContext request) {
    String path = request.getUriInfo().getPath();
    if (identity.isAnonymous()
        || identity.hasRole(StaffIdentities.RESEARCHER)
        || OPEN.contains(path)) {
      return Optional.empty();
    }
    if (path.startsWith("/api/")) {
      throw ProblemException.forbidden("Change the one-time password first, at /staff/password.");
    }
    return Optional.of(Response.seeOther(URI.create("/staff/password")).build());
  }
}
