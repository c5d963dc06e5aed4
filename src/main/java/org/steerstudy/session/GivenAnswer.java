package org.steerstudy.session;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.validation.constraints.NotBlank;

/**
 * An answer as the browser sends it.
 *
 * @param value what was chosen or written; its form depends on the item
 * @param shownAt when the item came into view, milliseconds since 1970 by the browser's clock
 * @param answeredAt when it was last changed, likewise
 */
public record GivenAnswer(@NotBlank String item, JsonNode value, Long shownAt, Long answeredAt) {}
