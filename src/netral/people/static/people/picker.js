// Asks the form itself what fits while one types: the same as its button, without leaving the page.

const PAUSE = 250; // ms without a key before asking

for (const picker of document.querySelectorAll("[data-picker]")) {
  if (picker.dataset.ready) continue;
  picker.dataset.ready = "yes";
  listen(picker);
}

function listen(picker) {
  const field = picker.querySelector("input[type=search]");
  const button = picker.querySelector("button");
  let waiting = 0;
  let asking = new AbortController();
  const ask = () => {
    clearTimeout(waiting);
    asking.abort();
    asking = new AbortController();
    show(picker, button, asking.signal).catch((problem) => {
      if (problem.name !== "AbortError") picker.dataset.failed = "yes"; // the button still works
    });
  };
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, PAUSE);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !field.value.trim()) return;
    event.preventDefault();
    ask();
  });
  button.addEventListener("click", (event) => {
    if (picker.dataset.failed) return;
    event.preventDefault();
    ask();
  });
}

async function show(picker, button, signal) {
  const form = picker.closest("form");
  const values = new FormData(form);
  for (const [name, value] of [...values]) if (value instanceof File) values.delete(name);
  values.set(button.name, button.value);
  const here = new URL(form.action);
  const options = { signal, headers: { "X-Requested-With": "fetch" } };
  if (form.method === "get") here.search = new URLSearchParams(values).toString();
  else Object.assign(options, { method: "POST", body: new URLSearchParams(values) });
  const answer = await fetch(here, options);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const found = page.querySelector(`[data-picker="${picker.dataset.picker}"]`);
  if (!found) throw new Error("the form did not answer");
  const problem = found.parentElement.querySelector(".errorlist");
  const part = found.querySelector("[data-picker-found]");
  if (problem) part.querySelector("[role=status]").textContent = problem.textContent.trim();
  // The line that is read aloud stays in the page; only its words change.
  const shown = picker.querySelector("[data-picker-found]");
  const spoken = shown.querySelector("[role=status]");
  spoken.textContent = part.querySelector("[role=status]").textContent;
  for (const old of shown.querySelectorAll("fieldset")) old.remove();
  const choices = part.querySelector("fieldset");
  if (choices) shown.append(document.adoptNode(choices));
}
