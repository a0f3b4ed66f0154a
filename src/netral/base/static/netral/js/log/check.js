// The page around proof.js and seal.js: takes a dropped or chosen file, or fetches a proof, and
// says what it shows. Nothing of the file leaves the browser; of the log only what is public is
// fetched, and never the entry's own place.

import { passkeyIn } from "./assertion.js";
import { checkpointNow, closedAddress, mustBeginWith } from "./consistency.js";
import { NotProved, verify } from "./proof.js";
import { isPdf, openPdf } from "./seal.js";
import { mustBeSigned } from "./wording.js";
import { element, filled, found, number, when } from "./words.js";

const box = document.querySelector("[data-checker]");
const result = box.querySelector("[data-result]");
const chooser = box.querySelector("input[type=file]");
const claim = document.querySelector("[data-claim]");
const claimed = document.querySelector("[data-claimed]");
const words = document.querySelector("[data-words]");
const linesOf = (name) => (box.dataset[name] || "").split("\n").filter(Boolean);
const ABOUT_THE_PAGE = ["other_receipt", "other_words"];
const FIRST = ["receipt", "signed_at", "recorded_at", "evidence"];
const keys = linesOf("keys");
const witnesses = linesOf("witnesses");

function show(className, heading, lines) {
  result.className = `card ${className}`;
  result.replaceChildren(element("h2", filled(heading)), ...lines);
  result.hidden = false;
  if (claim && className === "forbidden") {
    claim.textContent = filled("claim_unproved");
    claimed.hidden = true;
  }
  if (chooser) result.focus(); // after a deed of the visitor only, never while a page opens
}

const say = (name, values) => element("p", filled(name, values));

/** The receipt in plain words; what only an expert needs stands folded below. */
function facts(shown) {
  const contents = shown.contents || {};
  const plain = FIRST.filter((one) => one in contents);
  const expert = Object.keys(contents).filter((one) => !FIRST.includes(one));
  const folded = element("details", "");
  folded.append(element("summary", filled("for_experts")), listOf([
    [filled("label_entry"), filled("value_entry", { index: number.format(shown.index), size: number.format(shown.size) })],
    [filled("label_hour"), when.format(new Date(`${shown.hour.slice(0, 13)}:00:00Z`))],
    ...expert.map((name) => fact(name, contents[name])),
  ]));
  return [...(plain.length ? [listOf(plain.map((name) => fact(name, contents[name])))] : []), folded];
}

function listOf(pairs) {
  const list = element("dl", "", "facts");
  for (const [label, value] of pairs.filter(Boolean)) list.append(element("dt", label), element("dd", value));
  return list;
}

/** Label and value; nothing for a field that the page has no words for. */
function fact(name, value) {
  const label = found(`field_${name}`);
  if (!label || value === null) return null;
  const isMoment = /^\d{4}-\d\d-\d\dT/.test(value);
  const isMasked = /^[0-9a-f]{64}$/.test(value) && found(`masked_${name}`);
  return [label, isMasked || (isMoment ? when.format(new Date(value)) : found(`value_${value}`) || String(value))];
}

function aboutPasskey({ holds, origin, pressed }) {
  return say(holds ? "passkey" : "passkey_unchecked", { origin, when: when.format(new Date(pressed)) });
}

function remarks(shown) {
  const lines = [say(shown.isSigned ? "signed" : "signature_unchecked", { origin: shown.origin })];
  if (shown.passkey) lines.unshift(aboutPasskey(shown.passkey));
  for (const { name, at, holds } of shown.witnesses) {
    if (holds) lines.push(say("witnessed", { name, when: when.format(new Date(at * 1000)) }));
  }
  if (!shown.witnesses.some((one) => one.holds)) lines.push(say("no_witness"));
  if (!shown.contents) lines.push(say("not_opened"));
  if (words) lines.unshift(say("words_signed"));
  return lines;
}

/** Where the visitor can ask the server what became of the receipt since; their own deed. */
function onward(shown) {
  const code = shown.contents?.receipt;
  if (!box.dataset.receipts || !/^[0-9A-Z-]{5,20}$/.test(code || "")) return [];
  const link = element("a", filled("look_up", { code }));
  link.href = `${box.dataset.receipts}${code}/`;
  const line = element("p", "");
  line.append(link);
  return [line];
}

/** Only paper is ever withdrawn, and the proof is from before. */
function sinceThen({ contents }) {
  return contents?.evidence === "paper" ? [say("may_be_withdrawn")] : [];
}

/** A page about one receipt takes no proof of another, nor other words than were signed. */
async function mustFitThePage({ contents }) {
  if (box.dataset.receipt && contents?.receipt !== box.dataset.receipt) throw new NotProved("other_receipt");
  if (words) await mustBeSigned(words, contents?.wording);
}

/** What a proof file shows: `shown`, or the name of the sentence that says why not. */
async function prove(file) {
  try {
    const shown = await verify(file, keys, witnesses);
    await mustFitThePage(shown);
    shown.passkey = await passkeyIn(shown.contents);
    return { shown, today: await compare(shown) };
  } catch (problem) {
    return { code: problem instanceof NotProved ? problem.code : "malformed" };
  }
}

/** A proof from before a loss is compared with what its log had published last. */
async function compareClosed(shown, now) {
  const address = closedAddress(box.dataset.closed, shown.origin);
  if (!address) return { name: "other_log", values: { origin: now.origin } };
  const last = await checkpointNow(address, keys, witnesses);
  if (last.origin !== shown.origin) throw new NotProved("log_forked");
  await mustBeginWith(address, shown, last);
  return { name: "closed_log", values: { origin: last.origin, size: number.format(last.size) } };
}

/** Whether the log of today still holds what was signed then. */
async function compare(shown) {
  try {
    const now = await checkpointNow(box.dataset.log, keys, witnesses);
    if (now.origin !== shown.origin) return await compareClosed(shown, now);
    await mustBeginWith(box.dataset.log, shown, now);
    return { name: "still_there", values: { size: number.format(now.size) } };
  } catch (problem) {
    if (!(problem instanceof NotProved)) return { name: "not_compared" };
    return { name: problem.code, isAlarm: true };
  }
}

function whatWasShown({ shown, today }) {
  const [folded, ...plain] = facts(shown).reverse();
  const since = [say(today.name, today.values), ...sinceThen(shown), ...onward(shown)];
  return [...plain, ...remarks(shown), ...since, folded];
}

function showAlarm({ shown, today }) {
  show("forbidden", "contradiction", [say(today.name), say("keep_and_report"), ...facts(shown)]);
}

/** Class and heading for a receipt, by its seal and what the proof inside has shown. */
function verdictOn(state, proof) {
  if (state !== "ours") return ["forbidden", `pdf_${state}`];
  if (proof?.shown) return proof.shown.isSigned ? ["safe", "pdf_logged"] : ["soft", "pdf_arithmetic"];
  return proof ? ["forbidden", "pdf_bad_proof"] : ["soft", "pdf_not_logged"];
}

/** A download that broke off is nobody's forgery. */
function endsAsPdf(octets) {
  return new TextDecoder("latin1").decode(octets.slice(-1024)).includes("%%EOF");
}

async function checkPdf(octets) {
  const pdf = await openPdf(octets, linesOf("seals"));
  const isCut = pdf.state !== "ours" && !endsAsPdf(octets);
  if (isCut && pdf.state === "none") return show("soft", "cannot_check", [say("pdf_cut")]);
  const proof = pdf.proof === null ? null : await prove(pdf.proof);
  if (pdf.state === "ours" && proof?.today?.isAlarm) return showAlarm(proof);
  const [className, heading] = verdictOn(pdf.state, proof);
  const lines = [...(isCut ? [say("pdf_cut")] : []), say(`seal_${pdf.state}`)];
  if (pdf.state !== "ours" && proof?.shown) lines.push(say("inner_proof"));
  if (proof?.shown) lines.push(...whatWasShown(proof));
  else lines.push(say(proof ? proof.code : "no_proof_inside"));
  return show(className, heading, lines);
}

/** Whoever typed a code gave no file: what does not fit there is the server's record. */
function whyNot(code) {
  return box.dataset.receipt && !ABOUT_THE_PAGE.includes(code) ? "server_altered" : code;
}

async function checkProof(text) {
  const proof = await prove(text);
  if (proof.code) return show("forbidden", "not_proved", [say(whyNot(proof.code))]);
  if (proof.today.isAlarm) return showAlarm(proof);
  const isSigned = proof.shown.isSigned;
  return show(isSigned ? "safe" : "soft", isSigned ? "proved" : "arithmetic", whatWasShown(proof));
}

async function checkFile(file) {
  if (!globalThis.crypto?.subtle) return show("soft", "cannot_check", [say("no_crypto")]);
  const octets = new Uint8Array(await file.arrayBuffer());
  return isPdf(octets) ? checkPdf(octets) : checkProof(new TextDecoder().decode(octets));
}

/** The server's own words, which know more than this page did when it was made. */
async function whyNotYet(answer) {
  const isWords = (answer.headers.get("Content-Type") || "").startsWith("text/plain");
  return isWords ? element("p", (await answer.text()).trim()) : say("not_yet");
}

async function checkFrom(address) {
  if (!globalThis.crypto?.subtle) return show("soft", "cannot_check", [say("no_crypto")]);
  try {
    const answer = await fetch(address, { credentials: "same-origin" });
    if (answer.status === 404) return show("soft", "cannot_check", [say("gone")]);
    if (answer.status === 503) return show("soft", "cannot_check", [await whyNotYet(answer)]);
    if (!answer.ok) throw new Error(answer.statusText);
    return await checkProof(await answer.text());
  } catch {
    return show("soft", "cannot_check", [say("no_network")]);
  }
}

chooser?.addEventListener("change", () => chooser.files.length && checkFile(chooser.files[0]));
const target = box.querySelector("[data-drop]");
target?.addEventListener("dragover", (event) => event.preventDefault());
target?.addEventListener("drop", (event) => {
  event.preventDefault();
  if (event.dataTransfer.files.length) checkFile(event.dataTransfer.files[0]);
});
if (box.dataset.proof) checkFrom(box.dataset.proof);
