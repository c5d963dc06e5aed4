package org.steerstudy.report;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.RestPath;
import org.steerstudy.access.StaffIdentities;

/** Makes links for programs, those of robots included. */
@Path("/api/staff/studies/{slug}/links")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(StaffIdentities.RESEARCHER)
public class LinkResource {

  private final LinkIssue links;

  LinkResource(LinkIssue links) {
    this.links = links;
  }

  @POST
  public LinkIssue.Issued create(
      @RestPath String slug, @NotNull LinkIssue.Wish wish, UriInfo here) {
    return links.issue(slug, wish, here);
  }
}
