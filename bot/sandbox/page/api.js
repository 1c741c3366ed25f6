// Calls to the people's side (docs/sandbox.md). An Error's message is a sentence for people.

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
    throw new Error("Mất kết nối với máy chủ mô phỏng. Đợi nối lại rồi thử lại.");
  }
  return answered(response);
}

async function answered(response) {
  const said = await response.json().catch(() => ({}));
  if (response.ok) return said;
  throw new Error((said.error ?? `Lỗi ${response.status}`).split(" / ")[0]);
}
