// The example beside the form follows the typing. Without this the button "Lihat contoh" does it.
const form = document.querySelector("form[data-example]");
if (form) {
  const place = document.getElementById(form.dataset.example);
  let pause = 0;
  let asked = 0;
  form.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(async () => {
      const mine = ++asked;
      const values = new FormData(form);
      values.set("deed", "contoh");
      try {
        const answer = await fetch(location.href, { method: "POST", body: values });
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const fresh = page.getElementById(place.id);
        if (fresh && mine === asked) place.replaceChildren(...fresh.childNodes);
      } catch {
        // no network: the example stays as it was
      }
    }, 500);
  });
}
