// The page around proof.js: takes a dropped or chosen file, or fetches one, and says what it shows.

import { passkeyIn } from "./assertion.js";
import { NotProved, verify } from "./proof.js";

const box = document.querySelector("[data-checker]");
const result = box.querySelector("[data-result]");
const chooser = box.querySelector("input[type=file]");
const found = (name) => box.querySelector(`[data-sentence="${CSS.escape(name)}"]`)?.textContent.trim();
const keysOf = (name) => (box.dataset[name] || "").split("\n");
const number = new Intl.NumberFormat(document.documentElement.lang);
const when = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" });

function element(name, content, className) {
  const made = document.createElement(name);
  made.textContent = content;
  if (className) made.className = className;
  return made;
}

/** The sentence of that name with `{…}` replaced; sentences come from the page. */
function filled(name, values = {}) {
  return (found(name) || name).replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
}

function show(className, heading, lines) {
  result.className = `card ${className}`;
  result.replaceChildren(element("h2", heading), ...lines);
  result.hidden = false;
  if (chooser) result.focus(); // after a deed of the visitor only, never while a page opens
}

function facts(shown) {
  const list = document.createElement("dl");
  list.className = "facts";
  const put = (label, value) => list.append(element("dt", label), element("dd", value));
  put(filled("label_entry"), filled("value_entry", { index: number.format(shown.index + 1), size: number.format(shown.size) }));
  put(filled("label_hour"), when.format(new Date(`${shown.hour.slice(0, 13)}:00:00Z`)));
  for (const [name, value] of Object.entries(shown.contents || {})) {
    const label = found(`field_${name}`);
    if (!label || value === null) continue;
    const isMoment = /^\d{4}-\d\d-\d\dT/.test(value);
    const isMasked = /^[0-9a-f]{64}$/.test(value) && found(`masked_${name}`);
    put(label, isMasked || (isMoment ? when.format(new Date(value)) : found(`value_${value}`) || String(value)));
  }
  return list;
}

function aboutPasskey({ holds, origin, pressed }) {
  return filled(holds ? "passkey" : "passkey_unchecked", { origin, when: when.format(new Date(pressed)) });
}

function remarks(shown) {
  const lines = [filled(shown.isSigned ? "signed" : "signature_unchecked", { origin: shown.origin })];
  if (shown.passkey) lines.unshift(aboutPasskey(shown.passkey));
  for (const { name, at, holds } of shown.witnesses) {
    if (holds) lines.push(filled("witnessed", { name, when: when.format(new Date(at * 1000)) }));
  }
  if (!shown.witnesses.some((one) => one.holds)) lines.push(filled("no_witness"));
  if (!shown.contents) lines.push(filled("not_opened"));
  return lines.map((line) => element("p", line));
}

async function check(file) {
  try {
    const shown = await verify(file, keysOf("keys"), keysOf("witnesses"));
    shown.passkey = await passkeyIn(shown.contents);
    const proved = shown.isSigned ? "safe" : "soft";
    show(proved, filled(shown.isSigned ? "proved" : "arithmetic"), [facts(shown), ...remarks(shown)]);
  } catch (problem) {
    const code = problem instanceof NotProved ? problem.code : "malformed";
    const heading = code === "no_crypto" ? "cannot_check" : "not_proved";
    show(code === "no_crypto" ? "soft" : "forbidden", filled(heading), [element("p", filled(code))]);
  }
}

async function checkFrom(address) {
  try {
    const answer = await fetch(address, { credentials: "same-origin" });
    if (answer.status === 404) return show("soft", filled("cannot_check"), [element("p", filled("not_yet"))]);
    if (!answer.ok) throw new Error(answer.statusText);
    return await check(await answer.text());
  } catch {
    return show("soft", filled("cannot_check"), [element("p", filled("no_network"))]);
  }
}

chooser?.addEventListener("change", async () => {
  if (chooser.files.length) await check(await chooser.files[0].text());
});
const target = box.querySelector("[data-drop]");
target?.addEventListener("dragover", (event) => event.preventDefault());
target?.addEventListener("drop", async (event) => {
  event.preventDefault();
  if (event.dataTransfer.files.length) await check(await event.dataTransfer.files[0].text());
});
if (box.dataset.proof) checkFrom(box.dataset.proof);
