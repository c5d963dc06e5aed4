package org.steerstudy.session;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URLConnection;
import org.steerstudy.platform.ProblemException;
import org.steerstudy.study.PictureShelf;
import org.steerstudy.study.PictureShelf.ShelvedPicture;

/** Pictures by the SHA-256 of their bytes; what is behind an address never changes. */
@Path("/api/pictures/{sha256}")
public class PictureResource {

  private final PictureShelf shelf;

  PictureResource(PictureShelf shelf) {
    this.shelf = shelf;
  }

  @GET
  public Response picture(@PathParam("sha256") String sha256) {
    ShelvedPicture picture =
        shelf
            .byHash(sha256)
            .orElseThrow(() -> ProblemException.notFound("There is no such picture."));
    return Response.ok(picture.bytes())
        .type(URLConnection.guessContentTypeFromName(picture.entry().file()))
        .header(HttpHeaders.CACHE_CONTROL, "public, max-age=31536000, immutable")
        .build();
  }
}
