// What every page needs: the session's token on everything htmx sends, and word of swaps for screen readers.

const token = document.querySelector('meta[name="selon-token"]')?.content ?? "";

document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-Selon-Token"] = token;
});
document.addEventListener("htmx:beforeRequest", (event) => event.detail.target?.setAttribute("aria-busy", "true"));
document.addEventListener("htmx:afterRequest", (event) => event.detail.target?.setAttribute("aria-busy", "false"));
// An error is an answer too: show its page's words where the piece would have stood.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.status >= 400) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});
