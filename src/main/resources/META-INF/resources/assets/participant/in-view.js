/**
 * Calls back once per element, when at least half of it (or as much as the window can show) has come into view. A page in a hidden tab
 * shows nothing, so nothing counts as seen there.
 */
export function whenInView(elements, onSeen) {
  const observer = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        const room = Math.min(entry.boundingClientRect.height, entry.rootBounds?.height ?? innerHeight);
        if (!entry.isIntersecting || entry.intersectionRect.height < room / 2) continue;
        observer.unobserve(entry.target);
        onSeen(entry.target);
      }
    },
    { threshold: [0, 0.1, 0.2, 0.3, 0.4, 0.5] },
  );
  elements.forEach((element) => observer.observe(element));
}
