// Icons as inline SVG, drawn on a grid of 24 in the colour of the text around them.

const PATHS = {
  battery: "M3 8h15v8H3zM20.5 11v2M5.5 10.5h10v3h-10z",
  block: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM5.8 5.8l12.4 12.4",
  chat: "M4 5h16v11h-9l-4 4v-4H4zM8 9h8M8 12h5",
  close: "M6 6l12 12M18 6L6 18",
  commands: "M5 7h14M5 12h14M5 17h9",
  file: "M6 3h8l4 4v14H6zM14 3v4h4",
  keyboard: "M3 6h18v12H3zM6.5 10v.01M10 10v.01M14 10v.01M17.5 10v.01M7 14.5h10",
  more: "M12 5.5v.01M12 12v.01M12 18.5v.01",
  moon: "M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z",
  next: "M6 5l8 7-8 7zM18 5v14",
  pause: "M8 5v14M16 5v14",
  pencil: "M4 20l1-4L16 5l3 3L8 19zM14 7l3 3",
  photo: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.5 9v.01",
  play: "M8 5l11 7-11 7z",
  reply: "M10 6L4 12l6 6M4 12h9a7 7 0 0 1 7 7",
  send: "M4 12l16-7-7 16-2-7z",
  signal: "M4 19v-3M9 19v-6M14 19V9M19 19V5",
  silent: "M6 17h12l-1.5-2.5V11a4.5 4.5 0 0 0-7-3.7M7.5 10.5v4L6 17M10.5 20h3M4 4l16 16",
  sticker: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM8.5 14.5a4.5 4.5 0 0 0 7 0M9 9.5v.01M15 9.5v.01",
  stop: "M6 6h12v12H6z",
  again: "M20 12a8 8 0 1 1-2.5-5.8M20 3v4h-4",
};
const NS = "http://www.w3.org/2000/svg";

export function icon(name) {
  const svg = document.createElementNS(NS, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(NS, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}
