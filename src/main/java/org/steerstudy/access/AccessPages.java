package org.steerstudy.access;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;

/** Signing in and out, and changing one's password. */
@Path("/staff")
@Produces(MediaType.TEXT_HTML)
public class AccessPages {

  private final SignIn signIn;
  private final StaffAccounts accounts;
  private final StaffCookie cookie;
  private final AccessConfig config;
  private final SecurityIdentity identity;

  AccessPages(
      SignIn signIn,
      StaffAccounts accounts,
      StaffCookie cookie,
      AccessConfig config,
      SecurityIdentity identity) {
    this.signIn = signIn;
    this.accounts = accounts;
    this.cookie = cookie;
    this.config = config;
    this.identity = identity;
  }

  @CheckedTemplate
  static class Templates {
    private Templates() {}

    static native TemplateInstance login(
        String to, String login, boolean refused, int lockAfter, long lockMinutes);

    static native TemplateInstance password(
        String login, boolean first, String problem, int minLength);
  }

  @GET
  @Path("/login")
  @PermitAll
  public Response login(@RestQuery String to) {
    String target = LocalAddress.orHome(to);
    if (!identity.isAnonymous()) {
      return Response.seeOther(URI.create(target)).build();
    }
    return Response.ok(loginPage(target, "", false)).build();
  }

  @POST
  @Path("/login")
  @PermitAll
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response login(
      @RestForm String login,
      @RestForm String password,
      @RestForm String to,
      HttpServerRequest request) {
    String target = LocalAddress.orHome(to);
    String name = login == null ? "" : login.strip();
    Optional<SignIn.Opened> opened = signIn.open(name, password == null ? "" : password);
    if (opened.isEmpty()) {
      return Response.status(Response.Status.UNAUTHORIZED)
          .entity(loginPage(target, name, true))
          .build();
    }
    String next = opened.get().staff().mustChangePassword() ? "/staff/password" : target;
    return Response.seeOther(URI.create(next))
        .cookie(cookie.holding(opened.get().token(), request))
        .build();
  }

  private TemplateInstance loginPage(String to, String login, boolean refused) {
    return Templates.login(to, login, refused, config.lockAfter(), config.lockFor().toMinutes());
  }

  @POST
  @Path("/logout")
  @PermitAll
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response logout(@CookieParam(StaffCookie.NAME) String token, HttpServerRequest request) {
    if (token != null) {
      signIn.close(token);
    }
    return Response.seeOther(URI.create("/staff/login")).cookie(cookie.cleared(request)).build();
  }

  @GET
  @Path("/password")
  @Authenticated
  public TemplateInstance password() {
    return passwordPage("");
  }

  /** The new password signs out every browser; this one is signed in again. */
  @POST
  @Path("/password")
  @Authenticated
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response password(
      @RestForm String current,
      @RestForm String fresh,
      @RestForm String repeated,
      HttpServerRequest request) {
    if (current == null || fresh == null || repeated == null) {
      return refused("Fill in all three fields.");
    }
    if (!fresh.equals(repeated)) {
      return refused("The two new passwords differ. Type the same one twice.");
    }
    String login = identity.getPrincipal().getName();
    Optional<String> objection = accounts.changePassword(login, current, fresh);
    if (objection.isPresent()) {
      return refused(objection.get());
    }
    SignIn.Opened opened = signIn.open(login, fresh).orElseThrow();
    return Response.seeOther(URI.create(LocalAddress.HOME))
        .cookie(cookie.holding(opened.token(), request))
        .build();
  }

  private Response refused(String problem) {
    return Response.status(422).entity(passwordPage(problem)).build();
  }

  private TemplateInstance passwordPage(String problem) {
    boolean first = !identity.hasRole(StaffIdentities.RESEARCHER);
    return Templates.password(
        identity.getPrincipal().getName(), first, problem, Passwords.MIN_LENGTH);
  }
}
