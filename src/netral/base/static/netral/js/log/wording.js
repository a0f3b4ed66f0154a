// Whether the words a page shows are those that were signed: what is read there must be the text
// in `data-words` (canonical JSON, docs/log.md), and its SHA-256 the one the entry commits to.

import { NotProved, hex, sha256 } from "./proof.js";

const plain = (text) => text.replace(/\s+/g, " ").trim();

/** `shown`: the element with the text; `digest`: SHA-256 in hex. Throws NotProved. */
export async function mustBeSigned(shown, digest) {
  const canonical = shown.dataset.words;
  const { title, opening, points, closing } = JSON.parse(canonical);
  const signed = [title, opening, ...points, closing].filter(Boolean).map(plain).join("\n");
  const read = [...shown.querySelectorAll("h2, p, li")].map((part) => plain(part.textContent)).join("\n");
  const counted = hex(await sha256(new TextEncoder().encode(canonical)));
  if (read !== signed || counted !== digest) throw new NotProved("other_words");
}
