// The leader's count follows the same line as the wall. The page is whole without it.
import { follow } from "./live.js";

const card = document.querySelector("[data-live]");
if (card) {
  const numbers = new Intl.NumberFormat(document.documentElement.lang);
  follow(card.dataset.live, {
    heard(now) {
      if (!now) return;
      if (now.state !== "signing") {
        location.reload(); // somebody else moved the ceremony on
        return;
      }
      card.querySelector("[data-signed]").textContent = numbers.format(now.signed);
      const meter = card.querySelector("meter");
      meter.max = Math.max(now.staff, 1);
      meter.value = now.signed;
      card.querySelector(".meter-figure").textContent = now.percent;
    },
    lost() {},
  });
}
