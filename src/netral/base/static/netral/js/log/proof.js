// Checks a proof file of a transparency log: C2SP tlog-proof, RFC 6962, signed notes, Ed25519.
// No page and no server is asked here; docs/log.md describes every byte. The twin in Python is
// netral.tlog, and the tests hold the two together.

const text = new TextEncoder();
const FIRST_LINE = "c2sp.org/tlog-proof@v1";
const ENTRY_LINE = "netral-log-entry/v1";

/** The file does not show what it claims; `code` names the sentence that says so. */
export class NotProved extends Error {
  constructor(code) {
    super(code);
    this.code = code;
  }
}

function must(condition, code) {
  if (!condition) throw new NotProved(code);
}

function bytes(base64) {
  must(/^[A-Za-z0-9+/]*={0,2}$/.test(base64) && base64.length % 4 === 0, "malformed");
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

export function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export const same = (one, other) => one.length === other.length && one.every((byte, at) => byte === other[at]);
export const hex = (raw) => [...raw].map((byte) => byte.toString(16).padStart(2, "0")).join("");

export async function sha256(...parts) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", joined(...parts)));
}

function wholeNumber(digits) {
  must(/^(0|[1-9][0-9]{0,15})$/.test(digits) && Number(digits) <= Number.MAX_SAFE_INTEGER, "malformed");
  return Number(digits);
}

/** Splits a proof file into its parts; nothing is checked but the form. */
export function parseProof(file) {
  const cut = file.indexOf("\n\n");
  must(cut > 0, file.startsWith(FIRST_LINE) ? "cut_short" : "not_a_proof");
  const lines = file.slice(0, cut).split("\n");
  must(lines.shift() === FIRST_LINE, "not_a_proof");
  must(lines[0]?.startsWith("extra "), "no_entry");
  const extra = bytes(lines.shift().slice(6));
  must(lines[0]?.startsWith("index "), "malformed");
  const index = wholeNumber(lines.shift().slice(6));
  const path = lines.map(bytes);
  must(path.every((hash) => hash.length === 32), "malformed");
  return { index, path, extra: new TextDecoder().decode(extra), note: file.slice(cut + 2) };
}

/** The entry's four lines, and what opens it when the file carries that. */
export function parseEntry(extra) {
  const lines = extra.split("\n");
  must(lines.length >= 5 && lines[0] === ENTRY_LINE && lines.at(-1) === "", "no_entry");
  const [, kind, hour, sealed] = lines;
  must(/^[a-z][a-z-]{0,23}$/.test(kind) && /^\d{4}-\d\d-\d\dT\d\dZ$/.test(hour), "no_entry");
  const commitment = bytes(sealed);
  must(commitment.length === 32, "no_entry");
  const entry = { kind, hour, commitment, encoded: text.encode(`${lines.slice(0, 4).join("\n")}\n`) };
  const rest = lines.slice(4, -1);
  if (!rest.length) return { ...entry, opening: null };
  must(rest.length >= 2 && rest[0].startsWith("salt ") && rest[1].startsWith("payload "), "malformed");
  const hidden = rest.slice(2).map((line) => {
    const found = /^hidden (\S+) (\S+) (.*)$/.exec(line);
    must(found, "malformed");
    return { name: found[1], salt: bytes(found[2]), value: found[3] };
  });
  return { ...entry, opening: { salt: bytes(rest[0].slice(5)), payload: rest[1].slice(8), hidden } };
}

/** The contents of an entry by name, once they are shown to be what it committed to. */
export async function openEntry(entry) {
  if (!entry.opening) return null;
  const { salt, payload, hidden } = entry.opening;
  const head = text.encode(`netral-log-commitment/v1\n${entry.kind}\n`);
  const found = await sha256(head, salt, text.encode(payload));
  must(salt.length === 32 && same(found, entry.commitment), "wrong_contents");
  const values = JSON.parse(payload);
  for (const { name, salt: maskSalt, value } of hidden) {
    const mask = await sha256(text.encode("netral-log-hidden/v1\n"), maskSalt, text.encode(value));
    must(maskSalt.length === 32 && values[name] === hex(mask), "wrong_contents");
    values[name] = value;
  }
  return values;
}

/** The hash of two neighbours of the tree (RFC 6962). */
export const nodeHash = (left, right) => sha256(Uint8Array.of(1), left, right);

/** The root to which the path leads from the entry (RFC 9162, section 2.1.3.2). */
export async function rootFrom(encoded, index, size, path) {
  must(index < size, "not_in_tree");
  let node = index;
  let last = size - 1;
  let root = await sha256(Uint8Array.of(0), encoded);
  for (const sibling of path) {
    must(last > 0, "not_in_tree");
    if (node % 2 === 1 || node === last) {
      root = await nodeHash(sibling, root);
      while (node % 2 === 0 && node > 0) {
        node = Math.floor(node / 2);
        last = Math.floor(last / 2);
      }
    } else {
      root = await nodeHash(root, sibling);
    }
    node = Math.floor(node / 2);
    last = Math.floor(last / 2);
  }
  must(last === 0, "not_in_tree");
  return root;
}

/** A signed note: the checkpoint in its text, and the lines of those who signed. */
export function parseNote(note) {
  const cut = note.lastIndexOf("\n\n");
  must(cut > 0 && note.endsWith("\n"), "cut_short");
  const body = note.slice(0, cut + 1);
  const [origin, size, root] = body.split("\n");
  const lines = note.slice(cut + 2, -1).split("\n").map((line) => {
    const found = /^\u2014 (\S+) (\S+)$/.exec(line);
    must(found, "malformed");
    const raw = bytes(found[2]);
    return { name: found[1], id: hex(raw.slice(0, 4)), signature: raw.slice(4) };
  });
  must(origin && root && bytes(root).length === 32, "malformed");
  return { body, origin, size: wholeNumber(size), root: bytes(root), lines };
}

/** `name+id+base64(kind and key)`; null when the id is not that of the key. */
export async function parseKey(line) {
  const [name, id, ...material] = line.trim().split("+");
  const raw = bytes(material.join("+"));
  const digest = await sha256(text.encode(`${name}\n`), raw);
  return hex(digest.slice(0, 4)) === id && raw.length === 33
    ? { name, id, kind: raw[0], key: raw.slice(1) }
    : null;
}

/** Whether this browser can check Ed25519 at all. */
async function importKey(raw) {
  try {
    return await crypto.subtle.importKey("raw", raw, "Ed25519", false, ["verify"]);
  } catch {
    return null;
  }
}

/**
 * Who of `keys` signed: `true`, or `null` where this browser cannot check Ed25519.
 * A known key whose signature does not hold is an alarm, not a stranger.
 */
async function signature(note, key) {
  const line = note.lines.find((one) => one.name === key.name && one.id === key.id);
  if (!line) return undefined;
  const usable = await importKey(key.key);
  if (!usable) return { key, holds: null, at: 0 };
  const isWitness = key.kind === 4;
  const at = isWitness ? Number(new DataView(line.signature.buffer).getBigUint64(0)) : 0;
  const message = isWitness ? `cosignature/v1\ntime ${at}\n${note.body}` : note.body;
  const raw = isWitness ? line.signature.slice(8) : line.signature;
  const holds = await crypto.subtle.verify("Ed25519", usable, raw, text.encode(message));
  must(holds, "bad_signature");
  return { key, holds, at };
}

async function signatures(note, keyLines, kind) {
  const found = [];
  for (const line of keyLines.filter(Boolean)) {
    const key = await parseKey(line);
    if (key?.kind !== kind) continue;
    const one = await signature(note, key);
    if (one) found.push(one);
  }
  return found;
}

/**
 * A checkpoint with those who signed it. `isSigned` is null where this browser cannot check the
 * signature: then only the arithmetic holds. Throws NotProved.
 */
export async function openNote(file, logKeys, witnessKeys = []) {
  const note = parseNote(file);
  const signed = (await signatures(note, logKeys, 1)).filter((one) => one.key.name === note.origin);
  must(signed.length, "unknown_log");
  const witnesses = await signatures(note, witnessKeys, 4);
  return {
    origin: note.origin,
    size: note.size,
    root: note.root,
    isSigned: signed.some((one) => one.holds === null) ? null : true,
    witnesses: witnesses.map((one) => ({ name: one.key.name, at: one.at, holds: one.holds })),
  };
}

/** Checks a whole proof file. Gives what it shows; throws NotProved with the first thing that fails. */
export async function verify(file, logKeys, witnessKeys = []) {
  must(globalThis.crypto?.subtle, "no_crypto");
  const proof = parseProof(file);
  const entry = parseEntry(proof.extra);
  const note = parseNote(proof.note);
  const contents = await openEntry(entry);
  const root = await rootFrom(entry.encoded, proof.index, note.size, proof.path);
  must(same(root, note.root), "not_in_tree");
  const checkpoint = await openNote(proof.note, logKeys, witnessKeys);
  return { ...checkpoint, index: proof.index, kind: entry.kind, hour: entry.hour, contents };
}
