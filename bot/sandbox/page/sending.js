// A picture or a file of this device's disk, as the body that sends it.

import { t } from "/page/words.js";

const MOST = 10; // megabytes

export async function picture() {
  const file = await chosen("image/jpeg,image/png");
  return file && { photo: await bytes(file) };
}

export async function attachment() {
  const file = await chosen("");
  return file && { document: file.name, bytes: await bytes(file) };
}

// The file that somebody chooses, or null.
function chosen(accept) {
  const input = document.createElement("input");
  Object.assign(input, { type: "file", accept });
  return new Promise((done) => {
    input.addEventListener("change", () => done(input.files[0] ?? null));
    input.addEventListener("cancel", () => done(null));
    input.click();
  });
}

// In base64. Error: a sentence for people.
function bytes(file) {
  const size = Math.ceil(file.size / 2 ** 20);
  if (size > MOST) throw new Error(t("phone.too_big", { size, most: MOST }));
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result.split(",")[1]);
    reader.onerror = () => failed(reader.error);
    reader.readAsDataURL(file);
  });
}
