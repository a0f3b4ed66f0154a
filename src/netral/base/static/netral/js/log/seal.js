// Checks the seal of a PDF in the browser: PAdES, one P-256 signature over the whole file, as
// netral.base.documents makes it. Everything but the gap that holds the signature is hashed, so
// nothing in the file can have changed if the seal holds.

import { hex, joined, same, sha256 } from "./proof.js";

const LARGEST = 20 * 1024 * 1024;
const LARGEST_PROOF = 64 * 1024;
const RANGE = /\/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]/g;
const ATTACHED = /\/Type\/EmbeddedFile[^\n]*\/Filter\/FlateDecode\/Length (\d+)>>\nstream\n/;
const MESSAGE_DIGEST = "2a864886f70d010904";
const P256 = { name: "ECDSA", namedCurve: "P-256" };

/** One character per octet, so that places in the text are places in the file. */
const asText = (octets) => new TextDecoder("latin1").decode(octets);

/** Whether a file calls itself a PDF. */
export const isPdf = (octets) => asText(octets.subarray(0, 1024)).includes("%PDF-");

/**
 * What the seal of a PDF says: `state` is "ours" (by one of `seals`, SHA-256 of certificates in
 * hex), "foreign" (whole, but by somebody else), "altered" or "none"; `proof` the text of the
 * proof file inside, or null.
 */
export async function openPdf(octets, seals) {
  const content = asText(octets.subarray(0, LARGEST));
  const state = octets.length > LARGEST ? "none" : await stateOf(octets, content, seals);
  return { state, proof: await attachedProof(octets, content) };
}

async function stateOf(octets, content, seals) {
  const ranges = [...content.matchAll(RANGE)];
  if (!ranges.length) return "none";
  try {
    if (ranges.length > 1) return "altered";
    const [start, before, after, rest] = ranges[0].slice(1).map(Number);
    if (start !== 0 || before >= after || after + rest !== octets.length) return "altered";
    const found = /^<([0-9a-f]+)>$/i.exec(content.slice(before, after));
    if (!found) return "altered";
    const digest = await sha256(octets.subarray(0, before), octets.subarray(after));
    const seal = readContainer(fromHex(found[1]));
    if (!same(seal.digest, digest) || !(await holds(seal))) return "altered";
    return seals.includes(hex(await sha256(seal.certificate))) ? "ours" : "foreign";
  } catch {
    return "altered";
  }
}

const fromHex = (digits) => Uint8Array.from(digits.match(/../g), (two) => parseInt(two, 16));

/** One value of DER (ITU-T X.690) at `at`: its tag, content, all of it, and where the next begins. */
function value(octets, at) {
  let length = octets[at + 1];
  let start = at + 2;
  if (length > 127) {
    const digits = length - 128;
    if (digits < 1 || digits > 3) throw new RangeError("length");
    length = octets.subarray(start, start + digits).reduce((sum, octet) => sum * 256 + octet, 0);
    start += digits;
  }
  const end = start + length;
  if (!(end <= octets.length)) throw new RangeError("cut off");
  return { tag: octets[at], content: octets.subarray(start, end), whole: octets.subarray(at, end), end };
}

function valuesIn(octets) {
  const found = [];
  for (let at = 0; at < octets.length; at = found.at(-1).end) found.push(value(octets, at));
  return found;
}

/** The parts of a CMS container (RFC 5652) that the check needs. */
function readContainer(octets) {
  const [, wrapped] = valuesIn(value(octets, 0).content);
  const [, , , certificates, signers] = valuesIn(value(wrapped.content, 0).content);
  const certificate = value(certificates.content, 0);
  const [, , , attributes, , signature] = valuesIn(value(signers.content, 0).content);
  const stated = valuesIn(attributes.content).map((one) => valuesIn(one.content));
  const [, digests] = stated.find(([name]) => hex(name.content) === MESSAGE_DIGEST);
  return {
    certificate: certificate.whole,
    publicKey: publicKeyOf(certificate.content),
    digest: value(digests.content, 0).content,
    // Signed as a SET, carried as [0]: RFC 5652, 5.4.
    attributes: joined(Uint8Array.of(0x31), attributes.whole.subarray(1)),
    signature: signature.content,
  };
}

/** Of an X.509 certificate: the SubjectPublicKeyInfo, whole. */
function publicKeyOf(certificate) {
  const fields = valuesIn(value(certificate, 0).content);
  return fields[fields[0].tag === 0xa0 ? 6 : 5].whole;
}

async function holds(seal) {
  const key = await crypto.subtle.importKey("spki", seal.publicKey, P256, false, ["verify"]);
  const numbers = valuesIn(value(seal.signature, 0).content);
  if (numbers.length !== 2 || numbers.some((one) => one.tag !== 2)) return false;
  const signature = joined(...numbers.map((one) => inOctets(one.content)));
  return crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, key, signature, seal.attributes);
}

/** An integer of DER in exactly 32 octets, as WebCrypto takes it. */
function inOctets(number) {
  const digits = number.subarray(Math.max(0, number.length - 32));
  return joined(new Uint8Array(32 - digits.length), digits);
}

async function attachedProof(octets, content) {
  const found = ATTACHED.exec(content);
  if (!found) return null;
  const start = found.index + found[0].length;
  const packed = octets.subarray(start, start + Number(found[1]));
  try {
    const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
    return await atMost(unpacked.getReader(), LARGEST_PROOF);
  } catch {
    return null;
  }
}

async function atMost(reader, limit) {
  let whole = new Uint8Array(0);
  for (;;) {
    const { done, value: piece } = await reader.read();
    if (done) return new TextDecoder().decode(whole);
    whole = joined(whole, piece);
    if (whole.length > limit) throw new RangeError("too long");
  }
}
