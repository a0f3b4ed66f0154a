// Without a network: a page that this phone keeps instead of the browser's own complaint.
// Nothing anybody asks, reads or signs is kept here; only KEPT, the same for everybody.
// KEPT stands before this text; see netral/base/offline.py.

const CACHE = `${KEPT.name}-${KEPT.version}`;
const LANGUAGE = "/bahasa-terakhir";
const OURS = new RegExp(KEPT.ours);
const NEVER = new RegExp(KEPT.never);

/** As a stranger: what is kept must not be anybody's own page. */
async function fill() {
  const cache = await caches.open(CACHE);
  const wanted = [...KEPT.pages, ...KEPT.files];
  await Promise.all(
    wanted.map(async (address) => {
      const answer = await fetch(address, { credentials: "omit", cache: "no-cache" });
      if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
      await cache.put(address, answer);
    }),
  );
}

async function dropOld() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(`${KEPT.name}-`) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
}

/** In the language of the page that was last seen. */
async function withoutNetwork() {
  const cache = await caches.open(CACHE);
  const said = await cache.match(LANGUAGE);
  const language = said ? await said.text() : "id";
  const page = KEPT.pages.find((address) => address.endsWith(`=${language}`)) || KEPT.pages[0];
  return (await cache.match(page)) || Response.error();
}

async function navigate(request) {
  try {
    // Back to the answer of a form, which no cache has: it is asked for again. What changes something
    // leads on to another address, so no such answer stands in the history; a form that was used up
    // meanwhile is refused by the server with a page that leads on (netral/base/stale.py).
    const isBack = request.cache === "only-if-cached";
    // Its page is named again, because a request made anew would name this script instead.
    const anew = { cache: "no-store", referrer: request.referrer };
    const answer = await fetch(isBack ? new Request(request, anew) : request);
    const language = answer.headers.get("Content-Language");
    if (answer.ok && language) {
      const cache = await caches.open(CACHE);
      await cache.put(LANGUAGE, new Response(language.startsWith("en") ? "en" : "id"));
    }
    return answer;
  } catch {
    return withoutNetwork();
  }
}

self.addEventListener("install", (event) => event.waitUntil(fill().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(dropOld().then(() => self.clients.claim())));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (address.origin !== location.origin) return;
  if (request.mode === "navigate" && OURS.test(address.pathname) && !NEVER.test(address.pathname)) {
    event.respondWith(navigate(request));
  } else if (request.method === "GET" && KEPT.files.includes(address.pathname)) {
    event.respondWith(caches.match(request, { ignoreVary: true }).then((found) => found || fetch(request)));
  }
});
