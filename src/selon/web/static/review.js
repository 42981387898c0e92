// Review by keyboard: one key decides, arrows move the ends of source, cue and content. Without this the forms still work.

const context = document.getElementById("context");
const form = document.getElementById("correct");
const told = document.getElementById("marking");
const PARTS = { 1: "content", 2: "cue", 3: "source" };
let part = "";

const characters = context ? Array.from(context.textContent) : [];
const first = Number(context?.dataset.start ?? 0);
const spans = {};
const changed = new Set();

function read(text) {
  return text
    .split(",")
    .filter(Boolean)
    .map((pair) => pair.split("-").map((place) => Number(place) - first));
}

// The text with each part in a mark; a stretch under several parts gets the class of each.
function draw() {
  const classes = characters.map(() => "");
  for (const [start, end] of read(context.dataset.known ?? "")) classes.fill(" known", start, end);
  for (const name of ["content", "cue", "source"]) {
    for (const [start, end] of spans[name]) for (let at = start; at < end; at += 1) classes[at] += ` ${name}`;
  }
  const pieces = [];
  for (let at = 0; at < characters.length; ) {
    let end = at + 1;
    while (end < characters.length && classes[end] === classes[at]) end += 1;
    const words = characters.slice(at, end).join("");
    if (classes[at]) {
      const mark = document.createElement("mark");
      mark.className = classes[at].trim();
      mark.textContent = words;
      pieces.push(mark);
    } else pieces.push(document.createTextNode(words));
    at = end;
  }
  context.replaceChildren(...pieces);
  context.dataset.active = part;
}

function words(name) {
  return spans[name].map(([start, end]) => characters.slice(start, end).join("")).join(" […] ");
}

function keep(name) {
  changed.add(name);
  form.elements[name].value = words(name);
  const lines = [...changed].map((each) => `${each}:${spans[each].map(([a, b]) => `${a + first}-${b + first}`).join(",")}`);
  form.elements.spans.value = lines.join(";");
  told.textContent = words(name).slice(-80);
  draw();
}

const isWord = (at) => /[\p{L}\p{N}]/u.test(characters[at] ?? "");

// An end comes to stand behind a word, a beginning before one.
function step(at, by, side) {
  let place = at;
  const beyond = () => (by > 0 ? place < characters.length : place > 0);
  const next = () => (by > 0 ? place : place - 1);
  const inWord = (by > 0) === (side === 1);
  while (beyond() && isWord(next()) !== inWord) place += by;
  while (beyond() && isWord(next()) === inWord) place += by;
  return place;
}

// → and ← move the end by a word, with Shift the beginning; with Alt by a character.
function move(event) {
  const by = event.key === "ArrowRight" ? 1 : -1;
  if (!spans[part].length) spans[part] = [[...(spans.content[0] ?? [0, 1])]];
  const pieces = spans[part];
  const piece = event.shiftKey ? pieces[0] : pieces[pieces.length - 1];
  const side = event.shiftKey ? 0 : 1;
  const place = event.altKey ? piece[side] + by : step(piece[side], by, side);
  const fits = side === 0 ? place >= 0 && place < piece[1] : place > piece[0] && place <= characters.length;
  if (fits) {
    piece[side] = place;
    keep(part);
  }
}

// ↓ and ↑ take the words to the next sentence, where a statement is still to be found.
function leap(event) {
  const by = event.key === "ArrowDown" ? 1 : -1;
  const edges = [0];
  for (let at = 1; at < characters.length; at += 1) {
    const ended = characters[at - 1] === "\n" || (/\s/.test(characters[at]) && /[.!?…»”"]/.test(characters[at - 1]));
    if (ended && characters.slice(at, at + 40).some((_, more) => isWord(at + more))) {
      while (/\s/.test(characters[at])) at += 1;
      if (edges[edges.length - 1] !== at) edges.push(at);
    }
  }
  edges.push(characters.length);
  const here = spans[part][0]?.[0] ?? spans.content[0]?.[0] ?? -1;
  const start = by > 0 ? edges.find((each) => each > here) : edges.filter((each) => each < here).pop();
  const end = edges[edges.indexOf(start) + 1];
  if (start === undefined || end === undefined) return;
  let last = end;
  while (last > start && /\s/.test(characters[last - 1])) last -= 1;
  spans[part] = [[start, last]];
  keep(part);
  const mark = context.querySelector(`mark.${part}`);
  if (mark) context.scrollTop = mark.offsetTop - context.offsetTop - 90;
}

function place(node, offset) {
  const range = document.createRange();
  range.setStart(context, 0);
  range.setEnd(node, offset);
  return Array.from(range.toString()).length;
}

// Words marked with the mouse become the part that is being edited, the content where none is.
function take() {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || !context.contains(selection.anchorNode) || !context.contains(selection.focusNode)) return;
  const range = selection.getRangeAt(0);
  const chosen = part || "content";
  spans[chosen] = [[place(range.startContainer, range.startOffset), place(range.endContainer, range.endOffset)]];
  selection.removeAllRanges();
  keep(chosen);
}

function press(event) {
  const typing = event.target.matches("input, textarea, select");
  if (event.key === "Escape") {
    document.activeElement?.blur();
    part = "";
    if (context) draw();
    return;
  }
  if (typing || event.ctrlKey || event.metaKey) return;
  if (part && (event.key === "ArrowRight" || event.key === "ArrowLeft")) {
    event.preventDefault();
    move(event);
    return;
  }
  if (part && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    leap(event);
    return;
  }
  if (event.altKey) return;
  if (event.key === "Enter" && form && (changed.size || ("new" in form.dataset && spans.content.length)) && !event.target.matches("button, a")) {
    event.preventDefault();
    form.requestSubmit();
  } else if (PARTS[event.key] && form) {
    part = PARTS[event.key];
    told.textContent = form.elements[part].labels[0]?.firstElementChild?.textContent ?? part;
    draw();
  } else {
    const field = document.querySelector(`[data-focus="${CSS.escape(event.key)}"]`);
    const button = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (field || button) event.preventDefault();
    if (field) {
      field.focus();
      field.select?.();
    } else button?.click();
  }
}

if (context) {
  for (const name of ["content", "cue", "source"]) spans[name] = read(context.dataset[name]);
  draw();
  const shown = context.querySelector("mark.content");
  if (shown) context.scrollTop = shown.offsetTop - context.offsetTop - 90;
  context.addEventListener("mouseup", take);
}
document.addEventListener("keydown", press);
document.querySelector("[data-help]")?.addEventListener("click", (event) => {
  const help = document.getElementById("help");
  help.hidden = !help.hidden;
  event.currentTarget.setAttribute("aria-expanded", String(!help.hidden));
});
