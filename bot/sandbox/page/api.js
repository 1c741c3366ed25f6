// Calls to the people's side (docs/sandbox.md). An Error's message is a sentence for people.

import { language, t } from "/page/words.js";

export async function get(path) {
  return answered(await fetch(`/sandbox/${path}`));
}

export async function post(path, body = {}) {
  let response;
  try {
    response = await fetch(`/sandbox/${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
  } catch {
    throw new Error(t("page.unreachable"));
  }
  return answered(response);
}

export async function answered(response) {
  const body = await response.json().catch(() => ({}));
  if (response.ok) return body;
  const [vi, en] = (body.error ?? "").split(" / ");
  throw new Error((language() === "en" ? en : vi) || vi || t("page.error", { status: response.status }));
}
