// Buttons that ask for a passkey can be pressed once the scripts that answer them are there; when it
// comes to nothing (turned down, not known here), the page says so instead of staying silent.

const BUTTON = "[data-passkey-button]";

function sayFailed(isFailed) {
  for (const remark of document.querySelectorAll("[data-passkey-failed]")) remark.hidden = !isFailed;
}

// A module runs before this event, and this listener comes after the one of allauth's onload.js.
document.addEventListener("DOMContentLoaded", () => {
  for (const button of document.querySelectorAll(BUTTON)) button.disabled = false;
});
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  sayFailed(true);
});
document.addEventListener("click", (event) => event.target.closest(BUTTON) && sayFailed(false), true);
