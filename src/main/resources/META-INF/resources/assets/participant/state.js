/** The session's state as the server put it into the page. */
export function readState() {
  return JSON.parse(document.getElementById("state").textContent);
}
