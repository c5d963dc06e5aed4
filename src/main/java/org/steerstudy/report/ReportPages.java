package org.steerstudy.report;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.steerstudy.access.StaffIdentities;

/** The researcher's pages: studies, a study, a session, and the rows that a total stands on. */
@Path("/staff")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed(StaffIdentities.RESEARCHER)
public class ReportPages {

  private final StudyReports studies;
  private final SessionReports sessions;
  private final SecurityIdentity identity;

  ReportPages(StudyReports studies, SessionReports sessions, SecurityIdentity identity) {
    this.studies = studies;
    this.sessions = sessions;
    this.identity = identity;
  }

  @CheckedTemplate
  static class Templates {
    private Templates() {}

    static native TemplateInstance studies(String login, List<StudySummary> studies);

    static native TemplateInstance study(String login, StudyReport study, Who[] choices);

    static native TemplateInstance evidence(
        String login, SessionReports.StudyEvidence study, EvidenceKind kind);

    static native TemplateInstance session(
        String login, SessionReport report, EvidenceKind kind, String step);
  }

  @GET
  public TemplateInstance studies() {
    return Templates.studies(login(), studies.studies());
  }

  @GET
  @Path("/studies/{slug}")
  public TemplateInstance study(
      @RestPath String slug, @RestQuery String who, @RestQuery String reached) {
    return Templates.study(
        login(), studies.study(slug, Who.of(who), Reached.of(reached)), Who.values());
  }

  @GET
  @Path("/studies/{slug}/evidence")
  public TemplateInstance evidence(
      @RestPath String slug,
      @RestQuery String who,
      @RestQuery String kind,
      @RestQuery String after) {
    EvidenceLog.Search search = new EvidenceLog.Search(EvidenceKind.of(kind), null, after);
    return Templates.evidence(login(), sessions.study(slug, Who.of(who), search), search.kind());
  }

  @GET
  @Path("/sessions/{id}")
  public TemplateInstance session(
      @RestPath UUID id, @RestQuery String kind, @RestQuery String step, @RestQuery String after) {
    EvidenceLog.Search search = new EvidenceLog.Search(EvidenceKind.of(kind), step, after);
    return Templates.session(login(), sessions.session(id, search), search.kind(), step);
  }

  private String login() {
    return identity.getPrincipal().getName();
  }
}
