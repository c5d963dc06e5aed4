package org.steerstudy.study;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What the server judges when a participant answers; participants never see it.
 *
 * @param cause id of the right option
 * @param repaired whether the standing edits must make the true class the first
 * @param ripple what the standing edits may break elsewhere; null for no limit
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Success(String cause, boolean repaired, RippleLimit ripple) {}
