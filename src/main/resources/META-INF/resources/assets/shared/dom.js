/**
 * Creates an element. Attributes: `class`, `data-*`, `aria-*` and all others as in HTML (`true` sets an empty attribute; `false`,
 * null and undefined leave it out); `onclick` and the like take a function; `style` takes an object of properties, custom ones
 * included. Children are nodes, text or arrays of them; null and false are left out. Text is always text, never markup.
 */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on") && typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (name === "style") Object.entries(value).forEach(([property, of]) => element.style.setProperty(property, of));
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}
