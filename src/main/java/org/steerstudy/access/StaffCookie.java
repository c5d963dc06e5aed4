package org.steerstudy.access;

import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.NewCookie;
import org.steerstudy.platform.SteerStudyConfig;

/**
 * The cookie that holds a staff session's token. No script can read it. It is {@code Lax}, so that
 * a link to a session's page in a message opens it for who is signed in: no GET changes anything,
 * and everything that does is checked for its origin and its form token.
 */
@ApplicationScoped
class StaffCookie {

  static final String NAME = "steerstudy-staff";

  private final AccessConfig access;
  private final boolean https;

  StaffCookie(AccessConfig access, SteerStudyConfig server) {
    this.access = access;
    this.https = server.publicUrl().map(url -> url.startsWith("https://")).orElse(false);
  }

  NewCookie holding(String token, HttpServerRequest request) {
    return with(token, Math.toIntExact(access.longest().toSeconds()), request);
  }

  NewCookie cleared(HttpServerRequest request) {
    return with("", 0, request);
  }

  private NewCookie with(String value, int maxAge, HttpServerRequest request) {
    return new NewCookie.Builder(NAME)
        .value(value)
        .path("/")
        .maxAge(maxAge)
        .httpOnly(true)
        .secure(https || request.isSSL())
        .sameSite(NewCookie.SameSite.LAX)
        .build();
  }
}
