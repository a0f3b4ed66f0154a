// Checks what a passkey signed, inside an entry of the log: WebAuthn with WebCrypto, offline.
// docs/log.md describes every byte. The twin in Python is netral.tlog.assertions.

import { NotProved } from "./proof.js";

const DOMAIN = "netral.pledge/1";
const PRESENT_AND_VERIFIED = 5;
const SHORTEST_DATA = 37;
/** How WebCrypto calls a COSE number: [to import, to verify, octets of one half of a signature]. */
const SCHEMES = {
  "-7": [{ name: "ECDSA", namedCurve: "P-256" }, { name: "ECDSA", hash: "SHA-256" }, 32],
  "-35": [{ name: "ECDSA", namedCurve: "P-384" }, { name: "ECDSA", hash: "SHA-384" }, 48],
  "-36": [{ name: "ECDSA", namedCurve: "P-521" }, { name: "ECDSA", hash: "SHA-512" }, 66],
  "-8": ["Ed25519", "Ed25519", 0],
  "-37": [{ name: "RSA-PSS", hash: "SHA-256" }, { name: "RSA-PSS", saltLength: 32 }, 0],
  "-257": [{ name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" }, { name: "RSASSA-PKCS1-v1_5" }, 0],
};
const letters = new TextEncoder();

function must(condition) {
  if (!condition) throw new NotProved("wrong_assertion");
}

const octets = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
const sha256 = async (data) => new Uint8Array(await crypto.subtle.digest("SHA-256", data));
const same = (one, other) => one.length === other.length && one.every((byte, at) => byte === other[at]);

function said(facts, { nonce, pressed, site }) {
  const { ceremony, person, wording } = facts;
  return letters.encode(JSON.stringify({ ceremony, domain: DOMAIN, nonce, person, pressed, site, wording }));
}

/** WebCrypto wants both numbers of an ECDSA signature side by side; phones send them as DER. */
function sideBySide(der, half) {
  const body = der.slice(der[1] > 127 ? 3 : 2);
  const first = body.slice(2, 2 + body[1]);
  const second = body.slice(4 + body[1], 4 + body[1] + body[3 + body[1]]);
  must(body[0] === 2 && body[2 + body[1]] === 2);
  const whole = new Uint8Array(2 * half);
  for (const [end, number] of [[half, first], [2 * half, second]]) {
    const bare = number.slice(Math.max(0, number.length - half));
    whole.set(bare, end - bare.length);
  }
  return whole;
}

/** Whether the key signed; null where this browser cannot check such keys. */
async function isSigned(assertion, message) {
  const [kind, scheme, half] = SCHEMES[assertion.algorithm] ?? [];
  if (!kind) return null;
  let key;
  try {
    key = await crypto.subtle.importKey("spki", octets(assertion.key), kind, false, ["verify"]);
  } catch {
    return null;
  }
  const signature = octets(assertion.signature);
  return crypto.subtle.verify(scheme, key, half ? sideBySide(signature, half) : signature, message);
}

async function checked(facts, assertion) {
  const client = octets(assertion.client_data);
  const { type, challenge, origin, crossOrigin } = JSON.parse(new TextDecoder().decode(client));
  const host = new URL(origin).hostname;
  must(type === "webauthn.get" && !crossOrigin && `.${host}`.endsWith(`.${assertion.site}`));
  must(same(octets(challenge), await sha256(said(facts, assertion))));
  const data = octets(assertion.authenticator_data);
  must(data.length >= SHORTEST_DATA && (data[32] & PRESENT_AND_VERIFIED) === PRESENT_AND_VERIFIED);
  must(same(data.slice(0, 32), await sha256(letters.encode(assertion.site))));
  const message = new Uint8Array([...data, ...(await sha256(client))]);
  const holds = await isSigned(assertion, message);
  must(holds !== false);
  return { holds, origin, pressed: assertion.pressed };
}

/**
 * What the passkey in the opened contents of an entry shows; null when there is none to be seen.
 * `holds` is null where this browser cannot check its kind of key. Throws NotProved.
 */
export async function passkeyIn(contents) {
  if (!contents?.assertion?.startsWith("{")) return null;
  try {
    return await checked(contents, JSON.parse(contents.assertion));
  } catch (problem) {
    throw problem instanceof NotProved ? problem : new NotProved("wrong_assertion");
  }
}
