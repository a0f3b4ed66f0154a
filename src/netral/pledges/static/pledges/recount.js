// Counts the signatures of a ceremony again from the list without names. The twin in Python is
// netral.tlog.recount; docs/log.md describes every line.

import { NotProved, hex, nodeHash, openEntry, openNote, parseEntry, sha256 } from "../netral/js/log/proof.js";
import { element, filled, number } from "../netral/js/log/words.js";

const box = document.querySelector("[data-recount]");
const result = box.querySelector("[data-result]");
const button = box.querySelector("button");
const keys = (box.dataset.keys || "").split("\n").filter(Boolean);

function must(condition) {
  if (!condition) throw new NotProved("bad_list");
}

function octets(base64) {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

/** The lines of a list by their first word, and the checkpoint behind them. */
function read(text) {
  const cut = text.indexOf("\n\n");
  must(cut > 0);
  const [first, ...lines] = text.slice(0, cut).split("\n");
  must(first === "netral-signature-list/v1");
  const words = { leaf: [], withdrawn: [], closing: [] };
  for (const [name, ...rest] of lines.map((line) => line.split(" "))) (words[name] ??= []).push(rest);
  const leaves = words.leaf.map(([index, hash]) => [Number(index), octets(hash)]);
  must(leaves.every(([index], at) => Number.isSafeInteger(index) && (!at || index > leaves[at - 1][0])));
  const withdrawn = words.withdrawn.map(([index, by]) => [Number(index), Number(by)]);
  return { ...words, leaves, gone: new Map(withdrawn), note: text.slice(cut + 2) };
}

/** Leaf hashes of what stands, or stood before entry `before`. */
function standing({ leaves, gone }, before = Infinity) {
  const stands = ([index]) => index < before && !(gone.get(index) < before);
  return leaves.filter(stands).map(([, hash]) => hash);
}

/** The RFC 6962 root over leaf hashes. */
async function rootOver(row) {
  if (!row.length) return sha256();
  while (row.length > 1) {
    const pairs = [];
    for (let at = 0; at + 1 < row.length; at += 2) pairs.push(nodeHash(row[at], row[at + 1]));
    const above = await Promise.all(pairs);
    if (row.length % 2) above.push(row.at(-1));
    row = above;
  }
  return row[0];
}

async function closingsOf(list) {
  const found = [];
  for (const [index, opened] of list.closing) {
    if (!opened) continue;
    const said = await openEntry(parseEntry(new TextDecoder().decode(octets(opened))));
    const then = standing(list, Number(index));
    must(said.count === then.length && said.root === hex(await rootOver(then)));
    must(said.ceremony === list.ceremony[0][0]);
    found.push(element("p", filled("at_closing", { index: number.format(Number(index)), count: number.format(then.length) })));
  }
  return found;
}

async function count(text) {
  const list = read(text);
  const now = standing(list);
  must(list.count?.[0]?.[0] === String(now.length));
  const root = hex(await rootOver(now));
  must(hex(octets(list.root[0][0])) === root);
  const closings = await closingsOf(list);
  const note = await openNote(list.note, keys);
  const values = { count: now.length, given: list.leaves.length, withdrawn: list.gone.size, size: note.size };
  for (const name of Object.keys(values)) values[name] = number.format(values[name]);
  return [
    element("p", filled("counted", values)),
    element("code", root, "wrap"),
    ...closings,
    element("p", filled(note.isSigned ? "under" : "under_unchecked", { ...values, origin: note.origin })),
    element("p", filled("not_whole_log")),
  ];
}

function show(className, heading, lines) {
  result.className = `card ${className}`;
  result.replaceChildren(element("h2", filled(heading)), ...lines);
  result.hidden = false;
  result.focus();
}

async function fetched() {
  const answer = await fetch(box.dataset.list, { credentials: "omit" });
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.text();
}

async function countHere() {
  if (!globalThis.crypto?.subtle) return show("soft", "cannot_count", [element("p", filled("no_crypto"))]);
  let text;
  try {
    text = await fetched();
  } catch {
    return show("soft", "cannot_count", [element("p", filled("no_network"))]);
  }
  try {
    return show("safe", "adds_up", await count(text));
  } catch (problem) {
    const code = problem instanceof NotProved ? problem.code : "bad_list";
    return show("forbidden", "differs", [element("p", filled(["unknown_log", "bad_signature"].includes(code) ? code : "bad_list"))]);
  }
}

button.hidden = false;
button.addEventListener("click", countHere);
