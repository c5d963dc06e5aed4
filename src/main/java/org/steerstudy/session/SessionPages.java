package org.steerstudy.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.UUID;

/** The participant's way: from the link to the page of the open step. */
@Path("/")
@Produces(MediaType.TEXT_HTML)
public class SessionPages {

  /** Templates get the open step with its own type, and the whole state as JSON for the scripts. */
  @CheckedTemplate
  static final class Templates {

    private Templates() {}

    static native TemplateInstance consent(
        SessionState state, StepView.Consent step, String stateJson);

    static native TemplateInstance text(SessionState state, StepView.Text step, String stateJson);

    static native TemplateInstance questionnaire(
        SessionState state, StepView.Questionnaire step, String stateJson);

    static native TemplateInstance workbench(
        SessionState state, StepView.Workbench step, String stateJson);

    static native TemplateInstance debrief(
        SessionState state, StepView.Debrief step, String stateJson);
  }

  private final ParticipantLinks links;
  private final SessionAccess access;
  private final SessionProgress progress;
  private final ObjectMapper json;

  SessionPages(
      ParticipantLinks links, SessionAccess access, SessionProgress progress, ObjectMapper json) {
    this.links = links;
    this.access = access;
    this.progress = progress;
    this.json = json;
  }

  @GET
  @Path("/p/{token}")
  public Response open(@PathParam("token") String token, @Context UriInfo uri) {
    UUID sessionId = links.open(token);
    boolean secure = "https".equals(uri.getRequestUri().getScheme());
    return Response.seeOther(URI.create("/sessions/" + sessionId))
        .cookie(access.cookie(sessionId, token, secure))
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }

  @GET
  @ParticipantOnly
  @Path("/sessions/{sessionId}")
  public TemplateInstance step(@PathParam("sessionId") UUID sessionId) {
    SessionState state = progress.state(sessionId);
    String embedded = embeddable(state);
    StepView step = state.step();
    if (step instanceof StepView.Consent consent) {
      return Templates.consent(state, consent, embedded);
    }
    if (step instanceof StepView.Text text) {
      return Templates.text(state, text, embedded);
    }
    if (step instanceof StepView.Questionnaire questionnaire) {
      return Templates.questionnaire(state, questionnaire, embedded);
    }
    if (step instanceof StepView.Workbench workbench) {
      return Templates.workbench(state, workbench, embedded);
    }
    return Templates.debrief(state, (StepView.Debrief) step, embedded);
  }

  /** JSON that cannot end the script element that it stands in. */
  private String embeddable(SessionState state) {
    try {
      return json.writeValueAsString(state).replace("<", "\\u003c");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the state of a session is representable as JSON", e);
    }
  }
}
