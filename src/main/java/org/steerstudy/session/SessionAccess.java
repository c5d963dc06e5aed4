package org.steerstudy.session;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.NewCookie;
import java.time.Clock;
import java.util.Date;
import java.util.Map;
import java.util.UUID;
import org.steerstudy.platform.ProblemException;

/**
 * Who may act in a session: the browser that came through the participant's link. The link's token
 * is kept in a cookie of that session, so that two sessions in one browser do not meet, and no
 * script of a page can read it.
 */
@ApplicationScoped
class SessionAccess {

  private static final int DAYS = 90;

  private final Clock clock;

  SessionAccess(Clock clock) {
    this.clock = clock;
  }

  NewCookie cookie(UUID sessionId, String token, boolean secure) {
    return new NewCookie.Builder(name(sessionId))
        .value(token)
        .path("/")
        .maxAge(DAYS * 24 * 60 * 60)
        .expiry(Date.from(clock.instant().plusSeconds(DAYS * 24L * 60 * 60)))
        .httpOnly(true)
        .secure(secure)
        // Lax, not strict: the first page is reached by a redirect from the link in a message.
        .sameSite(NewCookie.SameSite.LAX)
        .build();
  }

  /**
   * @throws ProblemException 401 without the session's cookie, 403 with a wrong one, 410 when the
   *     link has been closed
   */
  @Transactional
  void require(UUID sessionId, Map<String, Cookie> cookies) {
    Cookie cookie = cookies.get(name(sessionId));
    if (cookie == null) {
      throw ProblemException.unauthorized(
          "This browser is not part of the session. Open your participant link again; everything saved"
              + " so far is kept.");
    }
    ParticipantLink link =
        ParticipantLink.byToken(cookie.getValue())
            .filter(found -> found.participant != null)
            .orElseThrow(SessionAccess::notThisSession);
    Session session = Session.of(link.participant).orElseThrow(SessionAccess::notThisSession);
    if (!session.id.equals(sessionId)) {
      throw notThisSession();
    }
    if (link.closed(clock.instant())) {
      throw ProblemException.gone(
          "The link to this session is no longer valid. What was saved is kept; ask the researchers for"
              + " a new link.");
    }
  }

  private static ProblemException notThisSession() {
    return ProblemException.forbidden("This link does not belong to this session.");
  }

  private static String name(UUID sessionId) {
    return "participant-" + sessionId;
  }
}
