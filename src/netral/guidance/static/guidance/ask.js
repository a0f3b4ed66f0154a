// Asking on a phone. The pages work without this file; it adds what a page alone cannot do:
// answers that the person keeps on this phone, and staying usable without a network.
// An answer is kept only when somebody presses the button, in this browser only, as plain text.

const STORE = "netral.jawaban";
const MOST = 30;

// --- what is kept ---------------------------------------------------------------------------

function keptAnswers() {
  try {
    const found = JSON.parse(localStorage.getItem(STORE) || "[]");
    return Array.isArray(found) ? found : [];
  } catch {
    return [];
  }
}

/** Returns whether the phone took it: a private window or a full phone may refuse. */
function write(answers) {
  try {
    if (answers.length) localStorage.setItem(STORE, JSON.stringify(answers.slice(0, MOST)));
    else localStorage.removeItem(STORE);
    return true;
  } catch {
    return false;
  }
}

const text = (element) => (element ? element.textContent.replace(/\s+/g, " ").trim() : "");

/** The answer on the page as plain text: what a person would copy out by hand. */
function readAnswer() {
  const parts = [...document.querySelectorAll("[data-part]")].map((part) => ({
    act: text(part.querySelector("[data-keep=act]")),
    word: text(part.querySelector("[data-keep=word]")),
    safe: text(part.querySelector("[data-keep=safe]")),
    basis: [...part.querySelectorAll("[data-keep=basis]")].map(text).slice(0, 4),
    stamp: text(part.querySelector("[data-keep=stamp]")),
  }));
  const before = [...document.querySelectorAll("[data-before]")].map((one) => ({
    name: text(one.querySelector("[data-before-name]")),
    answer: text(one.querySelector("[data-before-answer]")), // empty when it holds no longer
  }));
  return { at: new Date().toISOString(), question: text(document.querySelector("h1")), before, parts };
}

function offerKeeping(box) {
  const said = box.querySelector("[role=status]");
  box.hidden = false;
  box.querySelector("[data-keep-now]").addEventListener("click", (event) => {
    if (!write([readAnswer(), ...keptAnswers()])) return;
    event.currentTarget.hidden = true;
    said.textContent = said.dataset.keepSaid;
    box.querySelector("[data-keep-link]").hidden = false;
  });
}

// --- the page of kept answers ----------------------------------------------------------------

function element(name, content, className) {
  const made = document.createElement(name);
  if (content) made.textContent = content;
  if (className) made.className = className;
  return made;
}

function card(answer, labels, drop) {
  const made = element("article", "", "card");
  made.append(element("h3", answer.question));
  for (const one of (answer.before || []).filter((each) => each.answer)) {
    const said = element("p");
    said.append(element("strong", `${one.name}: `), one.answer);
    made.append(said);
  }
  for (const part of answer.parts || []) {
    made.append(element("p", part.act, "label"), element("p", part.word, "ask-kept-word"));
    const safe = element("p");
    safe.append(element("strong", `${labels.labelSafe}: `), part.safe);
    const basis = element("p");
    basis.append(element("strong", `${labels.labelBasis}: `), (part.basis || []).join("; "));
    made.append(safe, basis, element("p", part.stamp, "small muted"));
  }
  const language = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;
  const when = new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" });
  made.append(element("p", `${labels.labelKept}: ${when.format(new Date(answer.at))}`, "small muted"));
  const button = element("button", labels.labelDrop, "button quiet small");
  button.type = "button";
  button.addEventListener("click", drop);
  made.append(button);
  return made;
}

function showKept(list) {
  const answers = keptAnswers();
  const wipe = document.querySelector("[data-kept-wipe]");
  const drop = (at) => () => {
    write(keptAnswers().filter((answer) => answer.at !== at));
    showKept(list);
  };
  list.replaceChildren(...answers.map((answer) => card(answer, list.dataset, drop(answer.at))));
  document.querySelector("[data-kept-none]").hidden = answers.length > 0;
  wipe.hidden = !answers.length;
  wipe.onclick = () => {
    write([]);
    showKept(list);
    document.querySelector("[data-kept-said]").textContent = wipe.dataset.said;
  };
}

// --- without a network -----------------------------------------------------------------------

/** The page of kept answers also stands in for others: then the address is not its own. */
function isStandIn() {
  return Boolean(document.querySelector("[data-kept-list]")) && !location.pathname.endsWith("/tersimpan/");
}

function tellNetwork() {
  for (const notice of document.querySelectorAll("[data-no-network]")) {
    notice.hidden = navigator.onLine && !isStandIn();
  }
}

function holdWithoutNetwork(event) {
  if (navigator.onLine) return;
  event.preventDefault(); // the field keeps what was typed
  event.stopImmediatePropagation();
  tellNetwork();
}

const keeper = document.querySelector("[data-keeper]");
const list = document.querySelector("[data-kept-list]");
if (keeper) offerKeeping(keeper);
if (list) showKept(list);
document.querySelector("[data-ask]")?.addEventListener("submit", holdWithoutNetwork);
addEventListener("online", tellNetwork);
addEventListener("offline", tellNetwork);
tellNetwork();
navigator.serviceWorker?.register("/sw.js").catch(() => {});
