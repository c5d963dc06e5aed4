package org.steerstudy.report;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.steerstudy.access.StaffIdentities;

/** Shows a new link, once. */
@Path("/staff/studies/{slug}/links")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed(StaffIdentities.RESEARCHER)
public class LinkPages {

  private final LinkIssue links;
  private final SecurityIdentity identity;

  LinkPages(LinkIssue links, SecurityIdentity identity) {
    this.links = links;
    this.identity = identity;
  }

  @CheckedTemplate(basePath = "ReportPages")
  static class Templates {
    private Templates() {}

    static native TemplateInstance link(
        String login, String slug, LinkIssue.Wish wish, LinkIssue.Issued link);
  }

  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response create(
      @RestPath String slug,
      @RestForm String label,
      @RestForm boolean pilot,
      @RestForm int days,
      UriInfo here) {
    LinkIssue.Wish wish = new LinkIssue.Wish(label, pilot, false, days);
    LinkIssue.Issued link = links.issue(slug, wish, here);
    return Response.ok(Templates.link(identity.getPrincipal().getName(), slug, wish, link))
        // The address opens a session; no copy of this page may stay behind.
        .header("Cache-Control", "no-store")
        .build();
  }
}
