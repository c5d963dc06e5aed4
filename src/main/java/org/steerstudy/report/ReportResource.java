package org.steerstudy.report;

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

/** The researcher's pages as JSON. */
@Path("/api/staff")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(StaffIdentities.RESEARCHER)
public class ReportResource {

  private final StudyReports studies;
  private final SessionReports sessions;

  ReportResource(StudyReports studies, SessionReports sessions) {
    this.studies = studies;
    this.sessions = sessions;
  }

  @GET
  @Path("/studies")
  public List<StudySummary> studies() {
    return studies.studies();
  }

  @GET
  @Path("/studies/{slug}")
  public StudyReport study(
      @RestPath String slug, @RestQuery String who, @RestQuery String reached) {
    return studies.study(slug, Who.of(who), Reached.of(reached));
  }

  @GET
  @Path("/studies/{slug}/evidence")
  public SessionReports.StudyEvidence evidence(
      @RestPath String slug,
      @RestQuery String who,
      @RestQuery String kind,
      @RestQuery String after) {
    return sessions.study(
        slug, Who.of(who), new EvidenceLog.Search(EvidenceKind.of(kind), null, after));
  }

  @GET
  @Path("/sessions/{id}")
  public SessionReport session(
      @RestPath UUID id, @RestQuery String kind, @RestQuery String step, @RestQuery String after) {
    return sessions.session(id, new EvidenceLog.Search(EvidenceKind.of(kind), step, after));
  }
}
