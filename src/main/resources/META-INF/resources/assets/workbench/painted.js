/** Calls back when what stands in the document now has been painted: the first frame draws it, the second follows on it. */
export function whenPainted(callback) {
  requestAnimationFrame(() => requestAnimationFrame(callback));
}
