package org.steerstudy.report;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.steerstudy.access.Audit;
import org.steerstudy.platform.SteerStudyConfig;
import org.steerstudy.session.ParticipantLinks;

/** Has a participant's link made, and keeps who asked for it. */
@ApplicationScoped
class LinkIssue {

  private final ParticipantLinks links;
  private final Audit audit;
  private final SecurityIdentity identity;
  private final SteerStudyConfig config;

  LinkIssue(
      ParticipantLinks links, Audit audit, SecurityIdentity identity, SteerStudyConfig config) {
    this.links = links;
    this.audit = audit;
    this.identity = identity;
    this.config = config;
  }

  /**
   * What is asked for.
   *
   * @param days for which the link can be opened
   */
  record Wish(
      @NotBlank(message = "Give the link a label.")
          @Size(max = 100, message = "Use at most 100 characters.")
          String label,
      boolean pilot,
      boolean robot,
      @Min(value = 1, message = "At least one day.")
          @Max(value = 365, message = "At most 365 days.")
          int days) {}

  /** The address is not stored and cannot be shown again. */
  record Issued(String url, Instant expiresAt) {}

  @Transactional
  Issued issue(String slug, @Valid Wish wish, UriInfo here) {
    ParticipantLinks.CreatedLink link =
        links.create(
            slug, wish.label().strip(), wish.pilot(), wish.robot(), Duration.ofDays(wish.days()));
    audit.record(
        identity.getPrincipal().getName(),
        "link.created",
        slug,
        Map.of("link", link.id(), "pilot", wish.pilot(), "robot", wish.robot()));
    return new Issued(base(here) + "/p/" + link.token(), link.expiresAt());
  }

  private String base(UriInfo here) {
    String base = config.publicUrl().orElseGet(() -> here.getBaseUri().toString());
    return base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
  }
}
