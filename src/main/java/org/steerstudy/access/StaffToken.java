package org.steerstudy.access;

import io.quarkus.security.identity.request.BaseAuthenticationRequest;

/** The token of a staff session, as a browser sent it. */
final class StaffToken extends BaseAuthenticationRequest {

  private final String token;

  StaffToken(String token) {
    this.token = token;
  }

  String token() {
    return token;
  }
}
