// The reader: a click or Enter on a marked statement opens it in the panel; j and k walk from one to the next.

const notes = [...document.querySelectorAll("a.note")];
const byKey = new Map(notes.map((note) => [note.dataset.key, note]));
const panel = document.getElementById("panel");
const empty = panel.innerHTML;
let chosen = -1;

function choose(place, { open = true, focus = true } = {}) {
  const note = notes[place];
  if (!note) return;
  document.querySelectorAll(".chosen").forEach((each) => each.classList.remove("chosen"));
  chosen = place;
  note.classList.add("chosen");
  document.querySelectorAll(`mark[data-key="${CSS.escape(note.dataset.key)}"]`).forEach((mark) => mark.classList.add("chosen"));
  note.closest("details")?.setAttribute("open", "");
  if (focus) note.focus({ preventScroll: false });
  if (open) window.htmx.ajax("GET", note.getAttribute("href"), { target: "#panel", swap: "innerHTML" });
  history.replaceState(null, "", `#${note.dataset.key}`);
}

function close() {
  panel.innerHTML = empty;
  document.querySelectorAll(".chosen").forEach((each) => each.classList.remove("chosen"));
  document.body.classList.remove("panel-open");
  notes[chosen]?.focus();
}

document.querySelector("article.text").addEventListener("click", (event) => {
  const note = event.target.closest("a.note");
  if (note && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    choose(notes.indexOf(note));
    return;
  }
  // The innermost mark under the pointer, unless words are being selected to copy.
  const mark = event.target.closest("[data-key]");
  if (mark && !note && String(getSelection()) === "") choose(notes.indexOf(byKey.get(mark.dataset.key)), { focus: false });
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
  if (event.key === "j") choose(Math.min(chosen + 1, notes.length - 1), { open: document.body.classList.contains("panel-open") });
  else if (event.key === "k") choose(Math.max(chosen - 1, 0), { open: document.body.classList.contains("panel-open") });
  else if (event.key === "Escape") close();
});

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target === panel) {
    document.body.classList.add("panel-open");
    panel.scrollTop = 0;
  }
});

panel.addEventListener("click", (event) => {
  if (event.target.closest("[data-close]")) close();
});

// Words that are selected go with the link that adds a statement the machine missed; n follows it.
const add = document.getElementById("add");
const bare = add?.getAttribute("href");

function near(range) {
  const before = document.createRange();
  before.setStart(document.querySelector("article.text"), 0);
  before.setEnd(range.startContainer, range.startOffset);
  const piece = before.cloneContents();
  piece.querySelectorAll(".margin, .quiet, .kicker, .legend, .reuse, summary").forEach((each) => each.remove());
  return Array.from(piece.textContent).length;
}

function select() {
  const selection = document.getSelection();
  const text = document.querySelector("article.text");
  const inside = selection.rangeCount && !selection.isCollapsed && text.contains(selection.anchorNode) && text.contains(selection.focusNode);
  const words = inside ? selection.toString().trim().slice(0, 3000) : "";
  add.href = words ? `${bare}&near=${near(selection.getRangeAt(0))}&words=${encodeURIComponent(words)}` : bare;
  add.parentElement.classList.toggle("ready", words !== "");
}

if (add) {
  document.addEventListener("selectionchange", select);
  document.addEventListener("keydown", (event) => {
    if (event.key === "n" && !event.ctrlKey && !event.metaKey && !event.altKey && !event.target.closest("input, select, textarea")) add.click();
  });
}

const wanted = byKey.get(decodeURIComponent(location.hash.slice(1)));
if (wanted) choose(notes.indexOf(wanted), { focus: false });
