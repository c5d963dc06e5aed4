package org.steerstudy.access;

import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.steerstudy.platform.Problem;

/**
 * Authenticates staff by their cookie. Whoever is not signed in is led to the sign-in page, and
 * from there back; a program gets a problem document.
 */
@ApplicationScoped
public class StaffAuthentication implements HttpAuthenticationMechanism {

  @Override
  public Uni<SecurityIdentity> authenticate(
      RoutingContext context, IdentityProviderManager identities) {
    Cookie cookie = context.request().getCookie(StaffCookie.NAME);
    if (cookie == null || cookie.getValue().isBlank() || !staffOnly(context)) {
      return Uni.createFrom().nullItem();
    }
    return identities.authenticate(new StaffToken(cookie.getValue()));
  }

  /**
   * Participants' requests are none of this mechanism's business, and cost no look into the table.
   */
  private static boolean staffOnly(RoutingContext context) {
    String path = context.normalizedPath();
    return path.equals("/staff") || path.startsWith("/staff/") || path.startsWith("/api/staff/");
  }

  @Override
  public Uni<Boolean> sendChallenge(RoutingContext context) {
    if (context.normalizedPath().startsWith("/api/")) {
      JsonObject problem =
          new JsonObject()
              .put("type", "about:blank")
              .put("title", "Not signed in")
              .put("status", 401)
              .put("detail", "Sign in at /staff/login and send the cookie that you get.");
      context
          .response()
          .setStatusCode(401)
          .putHeader("Content-Type", Problem.MEDIA_TYPE)
          .end(problem.encode());
      return Uni.createFrom().item(true);
    }
    context.response().setStatusCode(303).putHeader("Location", signInFor(context)).end();
    return Uni.createFrom().item(true);
  }

  private static String signInFor(RoutingContext context) {
    // A form cannot be sent again after signing in; its page can be opened again.
    boolean page = context.request().method() == HttpMethod.GET;
    String to = page ? context.request().uri() : "/staff";
    return "/staff/login?to=" + URLEncoder.encode(to, StandardCharsets.UTF_8);
  }

  @Override
  public Uni<ChallengeData> getChallenge(RoutingContext context) {
    return Uni.createFrom().item(new ChallengeData(401, null, null));
  }

  @Override
  public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
    return Set.of(StaffToken.class);
  }
}
