// One way to make an element. Text always goes in as text, never as HTML.

export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

export function button(label, props = {}, ...children) {
  return el("button", { type: "button", ...props }, ...children, label);
}

// A menu that opens: closed again by Escape, by leaving it, and by pressing elsewhere.
export function menu(place, label, face, ...choices) {
  const node = el(
    "details", { class: `menu ${place}` },
    el("summary", { "aria-label": label }, face),
    el("div", { class: "choices" }, ...choices),
  );
  node.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !node.contains(event.relatedTarget)) node.open = false;
  });
  node.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { node.open = false; node.firstElementChild.focus(); }
  });
  node.addEventListener("click", (event) => {
    if (event.target.closest(".choices button")) node.open = false;
  });
  return node;
}

document.addEventListener("pointerdown", (event) => {
  for (const node of document.querySelectorAll("details.menu[open]")) {
    if (!node.contains(event.target)) node.open = false;
  }
});

// Keyboard of a tablist: arrows move, as people who use it without sight expect.
export function arrows(list) {
  list.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const tabs = [...list.querySelectorAll("[role=tab]")];
    const at = tabs.indexOf(document.activeElement);
    if (at < 0) return;
    event.preventDefault();
    tabs[(at + step + tabs.length) % tabs.length].click();
    list.querySelector("[aria-selected=true]")?.focus();
  });
}

export const calm = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

// "Lan – Văn phòng xã" where there is little room.
export const shortName = (name) => name.split(" – ")[0];
