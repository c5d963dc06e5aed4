package org.steerstudy.workbench;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * One criterion of success, as judged.
 *
 * @param name {@code cause}, {@code repaired}, {@code ripple} or {@code own-class-ripple}
 * @param limit the largest rate allowed; absent for yes-or-no criteria
 * @param found the rate found; absent for yes-or-no criteria
 * @param detail in words, for the participant; gives no answer away
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Criterion(String name, boolean met, Double limit, Double found, String detail) {}
