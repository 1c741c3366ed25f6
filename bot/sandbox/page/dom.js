// One way to make an element. Text always goes in as text, never as HTML.

export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

export function button(label, props = {}) {
  return el("button", { type: "button", ...props }, label);
}

// Keyboard of a tablist: arrows move, as people who use it without sight expect.
export function arrows(list) {
  list.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const tabs = [...list.querySelectorAll("[role=tab]")];
    const at = tabs.indexOf(document.activeElement);
    if (at < 0) return;
    event.preventDefault();
    const next = tabs[(at + step + tabs.length) % tabs.length];
    next.focus();
    next.click();
    list.querySelectorAll("[role=tab]")[(at + step + tabs.length) % tabs.length]?.focus();
  });
}

// "Lan – Văn phòng xã" where there is little room.
export const shortName = (name) => name.split(" – ")[0];
