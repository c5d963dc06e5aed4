package org.steerstudy.access;

import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.steerstudy.platform.ProblemException;
import org.steerstudy.platform.SteerStudyConfig;

/**
 * Refuses requests that another site makes a browser send. Everything that can change something
 * must come from a page of this server, and what goes to the API must be JSON, which no form of
 * another site can send. Programs that are not browsers send neither header and carry nobody's
 * cookies.
 */
class SameOriginFilter {

  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

  private final Optional<String> publicAuthority;

  SameOriginFilter(SteerStudyConfig config) {
    this.publicAuthority = config.publicUrl().map(url -> URI.create(url).getRawAuthority());
  }

  @ServerRequestFilter(preMatching = true, priority = 10)
  public void refuseOtherSites(ContainerRequestContext request) {
    if (SAFE.contains(request.getMethod())) {
      return;
    }
    if (!fromHere(request)) {
      throw ProblemException.forbidden(
          "This request comes from a page of another site; nothing was changed. Open the page here and"
              + " try again. If this server stands behind a proxy, its public address has to be"
              + " configured (steerstudy.public-url).");
    }
    MediaType type = request.getMediaType();
    if (request.getUriInfo().getPath().startsWith("/api/")
        && type != null
        && !MediaType.APPLICATION_JSON_TYPE.isCompatible(type)) {
      throw new NotSupportedException();
    }
  }

  private boolean fromHere(ContainerRequestContext request) {
    String site = request.getHeaderString("Sec-Fetch-Site");
    if (site != null) {
      return site.equals("same-origin");
    }
    String origin = request.getHeaderString("Origin");
    if (origin == null) {
      return true;
    }
    String authority = authority(origin);
    return authority != null
        && (authority.equals(request.getHeaderString("Host"))
            || publicAuthority.filter(authority::equals).isPresent());
  }

  private static String authority(String origin) {
    try {
      return URI.create(origin).getRawAuthority();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
