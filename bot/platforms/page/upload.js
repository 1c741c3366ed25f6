// Hands in one file: what is on its way is shown, and what the server says at the end.

const form = document.getElementById("upload");
const file = document.getElementById("file");
const button = form.querySelector("button");
const bar = form.querySelector("progress");
const said = document.getElementById("said");
const done = document.getElementById("done");

function tell(words) {
  said.textContent = words;
}

function ready() {
  const chosen = file.files[0];
  document.getElementById("chosen").textContent = chosen ? chosen.name : "";
  const large = chosen && chosen.size > form.dataset.most * 1024 * 1024;
  tell(large ? form.dataset.large : "");
  button.disabled = !chosen || large;
}

function ended(words) {
  bar.hidden = true;
  file.disabled = false;
  button.disabled = false;
  tell(words);
}

function taken(html) {
  form.hidden = true;
  done.innerHTML = html;
  done.hidden = false;
  done.focus();
}

function answered(request) {
  let answer;
  try {
    answer = JSON.parse(request.responseText);
  } catch {
    ended(form.dataset.again);
    return;
  }
  if (request.status === 200) taken(answer.receipt);
  else ended(answer.said);
}

function send(chosen) {
  const request = new XMLHttpRequest();
  request.upload.addEventListener("progress", (now) => {
    bar.value = now.lengthComputable ? Math.floor((100 * now.loaded) / now.total) : 0;
    tell(`${form.dataset.sending} ${bar.value}%`);
  });
  request.addEventListener("load", () => answered(request));
  request.addEventListener("error", () => ended(form.dataset.again));
  request.addEventListener("abort", () => ended(form.dataset.again));
  request.open("PUT", location.pathname);
  request.setRequestHeader("X-File-Name", encodeURIComponent(chosen.name));
  request.send(chosen);
  bar.value = 0;
  bar.hidden = false;
  file.disabled = true;
  button.disabled = true;
  tell(form.dataset.sending);
}

file.addEventListener("change", ready);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  send(file.files[0]);
});
ready();
