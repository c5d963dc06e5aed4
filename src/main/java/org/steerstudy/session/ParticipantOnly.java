package org.steerstudy.session;

import jakarta.ws.rs.NameBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Resources under {@code /…/{sessionId}/…} that only the session's own participant may use; {@link
 * ParticipantFilter} sees to it before the method is reached.
 */
@NameBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface ParticipantOnly {}
