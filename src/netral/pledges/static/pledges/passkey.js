// Lets the phone sign by itself: its passkey makes an assertion over a text that names ceremony,
// person, wording and the time of pressing. All it takes stands in the page, so it needs no network;
// keep.js keeps and sends what the form then holds. What is signed: netral/tlog/assertions.py.

const form = document.querySelector("[data-passkey]");
const { facts, keys } = JSON.parse(document.getElementById("kunci-sandi").textContent);
const PATIENCE = 120000;
let isAsking = false;

const octets = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));

function inLetters(buffer) {
  const letters = btoa(String.fromCharCode(...new Uint8Array(buffer)));
  return letters.replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

/** The digest of the statement, its facts in alphabetical order as the server writes them. */
function challengeAt(pressed) {
  const said = JSON.stringify(Object.fromEntries(Object.entries({ ...facts, pressed }).sort()));
  return crypto.subtle.digest("SHA-256", new TextEncoder().encode(said));
}

async function made(pressed) {
  const publicKey = {
    challenge: await challengeAt(pressed),
    rpId: facts.site,
    userVerification: "required",
    timeout: PATIENCE,
    allowCredentials: keys.map(({ id, transports }) => ({
      type: "public-key",
      id: octets(id),
      ...(transports.length ? { transports } : {}),
    })),
  };
  const { id, response } = await navigator.credentials.get({ publicKey });
  return {
    saat: String(pressed),
    kunci: keys.find((one) => one.id === id).voucher,
    data: inLetters(response.authenticatorData),
    klien: inLetters(response.clientDataJSON),
    tanda: inLetters(response.signature),
  };
}

function put(name, value) {
  const field = form.elements[name] || document.createElement("input");
  Object.assign(field, { type: "hidden", name, value });
  form.append(field);
}

/** Before keep.js: an answered passkey, or the wish to do without, lets the press go on. */
async function press(event) {
  if (event.target !== form || form.elements.tanda?.value || event.submitter?.name === "tanpa") return;
  event.preventDefault();
  event.stopPropagation();
  if (isAsking) return;
  isAsking = true;
  const remark = form.querySelector("[data-not-signed]");
  remark.hidden = true;
  try {
    for (const [name, value] of Object.entries(await made(Date.now()))) put(name, value);
    form.requestSubmit();
  } catch {
    remark.hidden = false;
  }
  isAsking = false;
}

if (globalThis.PublicKeyCredential && globalThis.crypto?.subtle) {
  for (const part of form.querySelectorAll("[data-with-passkey]")) part.hidden = false;
  form.hidden = false;
  document.addEventListener("submit", press, true);
} else if (form.hidden) {
  document.querySelector("[data-no-passkeys]").hidden = false;
  form.remove();
}
