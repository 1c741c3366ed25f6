// Before anything is painted: the language, the colours and the typing that were chosen last time.
{
  const root = document.documentElement;
  const kept = (name) => { try { return localStorage.getItem(name); } catch { return null; } };
  if (kept("language") === "en") root.lang = "en";
  if (["light", "dark"].includes(kept("theme"))) root.dataset.theme = kept("theme");
  if (kept("hand") === "on") root.dataset.hand = "";
}
