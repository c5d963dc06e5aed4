package org.steerstudy.study;

/**
 * What a workbench step asks beside its task.
 *
 * @param hypothesis what the participant believes that the model uses, before the first edit
 * @param confidence in the own explanation, 0 to 100, before and after
 * @param trust in what the workbench shows, 0 to 100, before and after
 */
public record Asks(Ask hypothesis, Ask confidence, Ask trust) {}
