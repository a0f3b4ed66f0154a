// Follows long work: asks data-progress for JSON {done, total, text, finished, next} until it is
// finished, then goes to `next`. Survives a lost connection and a tab that slept.

const CALM = 1500;
const HIDDEN = 10_000;
const LONGEST = 15_000;

function percent(done, total) {
  if (!total) return "–";
  let share = Math.round((100 * done) / total);
  if (done < total) share = Math.min(share, 99);
  if (done > 0) share = Math.max(share, 1);
  return `${share}%`;
}

class Follower {
  constructor(section) {
    this.section = section;
    this.bar = section.querySelector("progress");
    this.figure = section.querySelector("[data-progress-figure]");
    this.text = section.querySelector("[data-progress-text]");
    this.spoken = section.querySelector("[data-progress-spoken]");
    this.wait = CALM;
    this.lastSpoken = 0;
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) this.ask();
    });
    this.ask();
  }

  async ask() {
    clearTimeout(this.timer);
    if (this.finished) return;
    try {
      const answer = await fetch(this.section.dataset.progress, {
        headers: { Accept: "application/json" }, credentials: "same-origin", cache: "no-store",
      });
      if (!answer.ok || !answer.headers.get("content-type")?.includes("json")) throw answer.status;
      this.show(await answer.json());
      this.wait = CALM;
    } catch {
      this.wait = Math.min(this.wait * 2, LONGEST);
    }
    if (!this.finished) this.timer = setTimeout(() => this.ask(), document.hidden ? HIDDEN : this.wait);
  }

  show(state) {
    const shown = percent(state.done, state.total);
    this.bar.max = state.total || 1;
    this.bar.value = state.done;
    this.figure.textContent = shown;
    this.text.textContent = state.text || "";
    this.speak(shown, state);
    if (!state.finished) return;
    this.finished = true;
    if (state.next) window.location.assign(state.next);
  }

  /** Screen readers hear a tenth at a time, not every step. */
  speak(shown, state) {
    const tenth = state.total ? Math.floor((10 * state.done) / state.total) : 0;
    if (tenth <= this.lastSpoken && !state.finished) return;
    this.lastSpoken = tenth;
    this.spoken.textContent = `${shown}. ${state.text || ""}`;
  }
}

document.querySelectorAll("[data-progress]").forEach((section) => new Follower(section));
