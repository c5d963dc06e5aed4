package org.steerstudy.session;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.util.UUID;
import org.steerstudy.platform.ProblemException;

/** Lets a request into a session only with the session's own cookie. */
@Provider
@ParticipantOnly
public class ParticipantFilter implements ContainerRequestFilter {

  private final SessionAccess access;

  ParticipantFilter(SessionAccess access) {
    this.access = access;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    String id = request.getUriInfo().getPathParameters().getFirst("sessionId");
    try {
      access.require(UUID.fromString(id), request.getCookies());
    } catch (IllegalArgumentException e) {
      throw ProblemException.notFound("There is no such session.");
    }
  }
}
