/**
 * The lines of a dose chart: target, contrast and the strongest other class, and for the first two those of the control latent.
 * Shares are probabilities, one per dose.
 */
export function curvesOf(sweep, target, contrast, prompts) {
  const doses = sweep.doses.map(({ multiple }) => multiple);
  const shares = (rows, prompt) => rows.map(({ predictions }) => predictions.find((each) => each.prompt === prompt).probability);
  const line = (role, prompt) => ({ role, prompt, name: prompts[prompt].name, shares: shares(sweep.doses, prompt) });
  const others = prompts
    .map(({ index }) => index)
    .filter((prompt) => prompt !== target && prompt !== contrast)
    .map((prompt) => line("other", prompt));
  const strongest = others.reduce(
    (best, each) => (best && Math.max(...best.shares) >= Math.max(...each.shares) ? best : each),
    null,
  );
  const lines = [
    line("target", target),
    ...(contrast === null ? [] : [line("contrast", contrast)]),
    ...(strongest ? [strongest] : []),
  ];
  const control = sweep.control && {
    latent: sweep.control.latent,
    lines: lines
      .filter(({ role }) => role !== "other")
      .map(({ role, prompt }) => ({ role, shares: shares(sweep.control.doses, prompt) })),
  };
  return { doses, lines, control: control ?? null };
}
