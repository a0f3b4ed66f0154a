// The page of the log remembers on this browser the last checkpoint it showed, and finds out at the
// next visit whether the log still begins with it. A small witness for whoever comes back.

import { checkpointNow, closedAddress, mustBeginWith } from "./consistency.js";
import { NotProved, openNote } from "./proof.js";
import { element, filled, number, when } from "./words.js";

const STORE = "netral.log";
const box = document.querySelector("[data-watch]");
const keys = (box.dataset.keys || "").split("\n").filter(Boolean);

function remembered() {
  try {
    const kept = JSON.parse(localStorage.getItem(STORE) || "null");
    return typeof kept?.note === "string" && Number.isFinite(kept.at) ? kept : null;
  } catch {
    return null;
  }
}

function remember(note) {
  try {
    localStorage.setItem(STORE, JSON.stringify({ note, at: Date.now() }));
    return true;
  } catch {
    return false;
  }
}

/** Beside the page's own alarm nothing may sound as if all were well. */
const isQuiet = "alarmsOnly" in box.dataset;

function show(className, lines) {
  if (isQuiet && className !== "error") return;
  box.className = `notice ${className}`;
  box.replaceChildren(...lines);
  box.hidden = false;
}

const say = (name, values) => element("p", filled(name, values));

/** Both signed statements, so that whoever sees it can hand them on. */
function cry(problem, before, now) {
  show("error", [
    element("h2", filled("contradiction")),
    say(problem.code === "unknown_log" ? "keys_gone" : problem.code),
    say("keep_both"),
    ...[before.note, now?.note].filter(Boolean).map((note) => element("pre", note, "mono")),
  ]);
}

/** What the log of another name had sealed must still be there, in the closed log of that name. */
async function mustHaveKept(then) {
  const address = closedAddress(box.dataset.closed, then.origin);
  if (address) await mustBeginWith(address, then, await checkpointNow(address, keys));
}

async function look() {
  const before = remembered();
  let now = null;
  try {
    now = await checkpointNow(box.dataset.log, keys);
    if (!before) return remember(now.note) && show("info", [say("first_look", { size: number.format(now.size) })]);
    const then = await openNote(before.note, keys);
    const values = { before: number.format(then.size), size: number.format(now.size), when: when.format(new Date(before.at)) };
    if (then.origin !== now.origin) {
      await mustHaveKept(then);
      show("warning", [say("other_log", { origin: now.origin })]);
    } else {
      await mustBeginWith(box.dataset.log, then, now);
      show("success", [say("looked_again", values)]);
    }
    return remember(now.note);
  } catch (problem) {
    if (problem instanceof NotProved && before) cry(problem, before, now);
    return false;
  }
}

if (box && globalThis.crypto?.subtle) look();
