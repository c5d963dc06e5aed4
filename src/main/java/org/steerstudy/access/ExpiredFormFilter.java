package org.steerstudy.access;

import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** The check of form tokens refuses with an empty answer; people need to be told what to do. */
class ExpiredFormFilter {

  private final Template page;

  ExpiredFormFilter(@Location("problem.html") Template page) {
    this.page = page;
  }

  @ServerResponseFilter
  public void explain(ContainerRequestContext request, ContainerResponseContext response) {
    if (response.getStatus() == 400
        && !response.hasEntity()
        && request.getUriInfo().getPath().startsWith("/staff")) {
      String html =
          page.data("title", "This form is no longer valid")
              .data("status", 400)
              .data(
                  "detail",
                  "The page was open for too long or in a browser without cookies; nothing was changed."
                      + " Go back, load the page again and repeat what you did.")
              .render();
      response.setEntity(html, null, MediaType.TEXT_HTML_TYPE);
    }
  }
}
