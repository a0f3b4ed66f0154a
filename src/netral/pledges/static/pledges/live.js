// A line to /langsung/… that mends itself and says when it is dead. The server speaks at least
// every five seconds; fifteen seconds of silence mean that the line is lost, whatever the browser
// believes.

const SILENCE = 15000;
const RETRY = 3000;

export function follow(address, { heard, lost }) {
  let source = null;
  let quiet = 0;

  function alive() {
    clearTimeout(quiet);
    quiet = setTimeout(broken, SILENCE);
  }

  function broken() {
    lost();
    clearTimeout(quiet);
    source.close();
    quiet = setTimeout(open, RETRY + Math.random() * RETRY);
  }

  function open() {
    source = new EventSource(address);
    source.addEventListener("open", alive);
    source.addEventListener("beat", () => { alive(); heard(null); });
    source.addEventListener("message", (event) => { alive(); heard(JSON.parse(event.data)); });
    // A browser tries again by itself unless the answer was an error; then it gives up.
    source.addEventListener("error", () => {
      lost();
      if (source.readyState === EventSource.CLOSED) broken();
    });
    alive();
  }

  open();
}
