// A phone that waits for the signing to open asks again by itself, each at its own moment within
// a few seconds, so that a whole hall does not ask at once.
import { follow } from "./live.js";

const form = document.querySelector("[data-live]");
if (form) {
  const before = form.dataset.state;
  let asked = false;
  follow(form.dataset.live, {
    heard(now) {
      if (asked || !now || (now.state === before && now.wording === form.dataset.wording)) return;
      asked = true;
      setTimeout(() => form.requestSubmit(), Math.random() * 2500);
    },
    lost() {},
  });
}
