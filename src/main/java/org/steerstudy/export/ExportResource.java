package org.steerstudy.export;

import io.agroal.api.AgroalDataSource;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.steerstudy.access.Audit;
import org.steerstudy.access.StaffIdentities;
import org.steerstudy.platform.ProblemException;

/** Downloads a study's data. */
@Path("/staff/studies/{slug}/export.zip")
@RolesAllowed(StaffIdentities.RESEARCHER)
public class ExportResource {

  private static final Logger LOG = Logger.getLogger(ExportResource.class);
  private static final Set<String> CHOICES = Set.of("robots", "pilots");
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final AgroalDataSource database;
  private final Audit audit;
  private final SecurityIdentity identity;
  private final Clock clock;

  ExportResource(AgroalDataSource database, Audit audit, SecurityIdentity identity, Clock clock) {
    this.database = database;
    this.audit = audit;
    this.identity = identity;
    this.clock = clock;
  }

  /**
   * Streams the ZIP. When something fails on the way the connection is broken, so that the browser
   * reports a failed download instead of keeping a file that looks whole.
   *
   * @param include {@code robots}, {@code pilots} or both, repeated or separated by commas
   */
  @GET
  public Response download(
      @RestPath String slug, @RestQuery List<String> include, HttpServerRequest exchange)
      throws SQLException {
    Set<String> chosen =
        include.stream()
            .flatMap(choice -> List.of(choice.split(",")).stream())
            .filter(choice -> !choice.isBlank())
            .collect(Collectors.toSet());
    if (!CHOICES.containsAll(chosen)) {
      throw ProblemException.badRequest("'include' takes robots and pilots.");
    }
    StudyExport.Request request =
        new StudyExport.Request(slug, chosen.contains("robots"), chosen.contains("pilots"));
    requireStudy(slug);
    audit.record(
        identity.getPrincipal().getName(),
        "export.downloaded",
        slug,
        Map.of("robots", request.robots(), "pilots", request.pilots()));
    StreamingOutput zip = out -> write(request, out, exchange);
    return Response.ok(zip, "application/zip")
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            "attachment; filename=\"study-%s_%s.zip\""
                .formatted(slug, STAMP.format(clock.instant())))
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }

  private void requireStudy(String slug) throws SQLException {
    try (Connection connection = database.getConnection()) {
      StudyExport.requireStudy(slug, connection);
    } catch (ExportException e) {
      throw ProblemException.notFound(e.getMessage());
    }
  }

  private void write(StudyExport.Request request, OutputStream out, HttpServerRequest exchange)
      throws IOException {
    try {
      export(request, out);
    } catch (ExportException | IOException e) {
      if (!exchange.response().headWritten()) {
        throw e;
      }
      LOG.errorf(e, "The export of %s broke off, and the download with it", request.slug());
      exchange.connection().close();
    }
  }

  private void export(StudyExport.Request request, OutputStream out) throws IOException {
    try (Connection connection = database.getConnection()) {
      new StudyExport(clock).write(request, connection, out);
    } catch (SQLException e) {
      throw ExportException.database(e);
    }
  }
}
