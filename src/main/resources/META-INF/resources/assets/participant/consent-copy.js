/**
 * The consent as a plain text file for the participant: what it says, which statements there are and, if ticked by now, which of
 * them are, and the fingerprint of the study script that this wording stands in.
 */
export function consentCopy({ study, pseudonym, step, text, ticked, savedAt }) {
  const title = `${study.title}: ${step.title}`;
  const statements = step.items.map((item) => `[${ticked.has(item.id) ? "x" : " "}] ${item.text}${item.required ? "" : " (optional)"}`);
  return [
    title,
    "=".repeat(title.length),
    "",
    text.trim(),
    "",
    "Statements",
    "----------",
    ...statements,
    "",
    `Participant number: ${pseudonym}`,
    ...(study.contact ? [`Contact: ${study.contact}`] : []),
    `Copy saved: ${savedAt.toISOString()}`,
    `Study script (SHA-256): ${step.scriptSha256}`,
    "",
  ].join("\n");
}
