// The network: drawn with sigma from the .json of the same address; the slider sets the form's days; htmx brings the table.
import { EdgeRectangleProgram, Graph, NodeCircleProgram, NodeSquareProgram, Sigma } from "./vendor/sigma.js";

const form = document.getElementById("network-filters");
const WIDEST = 24;
let drawn = null;
let asked = 0;

// A tie against is dashed: the library's own program, with the way along the tie told to the fragments.
class Dashed extends EdgeRectangleProgram {
  getDefinition() {
    const known = super.getDefinition();
    const along = "v_along = a_positionCoef * length(a_positionEnd - a_positionStart) * u_sizeRatio / u_correctionRatio;";
    return {
      ...known,
      VERTEX_SHADER_SOURCE: known.VERTEX_SHADER_SOURCE.replace("void main() {", `varying float v_along;\nvoid main() {\n${along}`),
      FRAGMENT_SHADER_SOURCE: known.FRAGMENT_SHADER_SOURCE.replace(
        "void main(void) {",
        "varying float v_along;\nvoid main(void) {\nif (mod(v_along, 18.0) > 10.0) discard;",
      ),
    };
  }
}

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function colours() {
  return {
    ink: colour("--ink"),
    paper: colour("--paper"),
    quiet: colour("--strong"),
    row: colour("--source"),
    column: colour("--bar"),
    "+": colour("--for"),
    "-": colour("--against"),
    "": colour("--strong"),
  };
}

function graphOf(data, looks) {
  const graph = new Graph({ type: "undirected" });
  const most = Math.max(1, ...data.nodes.map((node) => node.statements));
  const heaviest = Math.max(1e-9, ...data.ties.map((tie) => Math.abs(tie.weight)));
  const few = data.nodes.length <= 24;
  for (const node of data.nodes) {
    graph.addNode(String(node.number), {
      x: node.x,
      y: node.y,
      size: (few ? 4 : 3) + (few ? 9 : 6) * Math.sqrt(node.statements / most),
      label: node.label,
      forceLabel: few,
      color: looks[node.group],
      type: node.group === "column" ? "square" : "circle",
      node,
    });
  }
  for (const tie of data.ties) {
    graph.addEdge(String(tie.ends[0]), String(tie.ends[1]), {
      size: 1.5 + 4 * (Math.abs(tie.weight) / heaviest),
      color: looks[tie.sign],
      type: tie.sign === "-" ? "dashed" : "line",
    });
  }
  return graph;
}

// A label in two lines at most, cut where it is longer.
function lines(label) {
  const found = [""];
  for (const word of label.split(/\s+/)) {
    const line = `${found.at(-1)} ${word}`.trim();
    if (line.length <= WIDEST || !found.at(-1)) found[found.length - 1] = line;
    else found.push(word);
  }
  if (found.length > 2) found.splice(1, Infinity, `${found[1].slice(0, WIDEST - 1).trimEnd()}…`);
  return found.map((line) => (line.length > WIDEST + 6 ? `${line.slice(0, WIDEST + 5)}…` : line));
}

// Labels stand on the paper's colour, so that they can be read where ties cross them.
function drawLabel(looks) {
  return (context, data, settings) => {
    if (!data.label) return;
    context.textAlign = "center";
    context.font = `${settings.labelWeight} ${settings.labelSize}px ${settings.labelFont}`;
    context.lineWidth = 4;
    context.lineJoin = "round";
    context.strokeStyle = looks.paper;
    context.fillStyle = looks.ink;
    lines(data.label).forEach((line, number) => {
      const y = data.y + data.size + settings.labelSize * (1.05 + 1.2 * number);
      context.strokeText(line, data.x, y);
      context.fillText(line, data.x, y);
    });
    context.textAlign = "start";
  };
}

// The square of the library would draw its label its own way.
function squareWith(draw) {
  return class extends NodeSquareProgram {
    drawLabel = draw;
    drawHover = draw;
  };
}

function choose(renderer, graph, number) {
  const near = number === null ? null : new Set([number, ...graph.neighbors(number)]);
  renderer.setSetting("nodeReducer", (node, data) =>
    near && !near.has(node)
      ? { ...data, color: colour("--rule"), label: "", zIndex: 0 }
      : { ...data, zIndex: 1, forceLabel: data.forceLabel || near !== null, size: data.size * (node === number ? 1.35 : 1) });
  renderer.setSetting("edgeReducer", (tie, data) =>
    near && !graph.hasExtremity(tie, number) ? { ...data, hidden: true } : data);
  for (const row of document.querySelectorAll("#network tbody tr")) {
    row.classList.toggle("away", near !== null && row.dataset.source !== number && row.dataset.target !== number);
  }
  tell(number === null ? null : graph.getNodeAttribute(number, "node"));
}

let hint = "";
function tell(node) {
  const line = document.getElementById("chosen");
  if (!line) return;
  line.textContent = node ? "" : hint;
  if (!node) return;
  const name = document.createElement(node.href ? "a" : "strong");
  if (node.href) name.href = node.href;
  name.textContent = node.label;
  line.append(name);
}

// The nearest node that lies the way of the arrow; the strongest where none is chosen yet.
const WAYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

function towards(graph, from, way) {
  if (from === null) return graph.order ? graph.nodes().reduce((one, other) => (graph.degree(other) > graph.degree(one) ? other : one)) : null;
  const [x, y] = ["x", "y"].map((name) => graph.getNodeAttribute(from, name));
  let best = from;
  let least = Infinity;
  graph.forEachNode((node, at) => {
    const ahead = (at.x - x) * way[0] + (at.y - y) * way[1];
    const aside = Math.abs((at.x - x) * way[1]) + Math.abs((at.y - y) * way[0]);
    if (node !== from && ahead > 0 && ahead + 2 * aside < least) {
      least = ahead + 2 * aside;
      best = node;
    }
  });
  return best;
}

function picture(place, address) {
  // No WebGL here: the picture that the server draws.
  const image = document.createElement("img");
  image.src = address.replace("/network.json", "/network/network.svg");
  image.alt = place.getAttribute("aria-label");
  place.replaceChildren(image);
  place.dataset.drawn = "picture";
}

async function draw() {
  drawn?.kill();
  drawn = null;
  const place = document.getElementById("graph");
  const address = document.getElementById("network")?.dataset.graph;
  if (!place || !address) return;
  hint = document.getElementById("chosen").textContent;
  const number = ++asked;
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok || number !== asked) return;
  const looks = colours();
  const graph = graphOf(await answer.json(), looks);
  if (number !== asked) return;
  place.replaceChildren();
  try {
    drawn = new Sigma(graph, place, {
      defaultEdgeType: "line",
      edgeProgramClasses: { line: EdgeRectangleProgram, dashed: Dashed },
      nodeProgramClasses: { circle: NodeCircleProgram, square: squareWith(drawLabel(looks)) },
      defaultDrawNodeLabel: drawLabel(looks),
      defaultDrawNodeHover: drawLabel(looks),
      labelFont: getComputedStyle(document.body).fontFamily,
      labelSize: 12,
      labelWeight: "500",
      labelDensity: 1,
      labelGridCellSize: 90,
      labelRenderedSizeThreshold: 0,
      stagePadding: 60,
      zIndex: true,
      allowInvalidContainer: true,
    });
  } catch {
    picture(place, address);
    return;
  }
  let chosen = null;
  const renderer = drawn;
  const go = (node) => choose(renderer, graph, (chosen = node));
  drawn.on("clickNode", ({ node }) => go(chosen === node ? null : node));
  drawn.on("clickStage", () => go(null));
  place.onkeydown = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (WAYS[event.key]) go(towards(graph, chosen, WAYS[event.key]));
    else if (event.key === "Enter" && chosen !== null) document.querySelector("#chosen a")?.click();
    else if (event.key === "Escape") go(null);
    else return;
    event.preventDefault();
  };
  // A name in the table that has the focus is shown in the graph.
  document.querySelector("#network tbody")?.addEventListener("focusin", (event) => {
    const row = event.target.closest("tr");
    const first = event.target.closest("td") === row?.cells[0];
    const node = first ? row.dataset.source : row?.dataset.target;
    if (node && graph.hasNode(node)) go(node);
  });
  drawn.on("enterNode", () => place.classList.add("pointing"));
  drawn.on("leaveNode", () => place.classList.remove("pointing"));
  place.dataset.drawn = `${graph.order} ${graph.size}`;
}

function slider() {
  const box = document.getElementById("slider");
  if (!box) return;
  box.hidden = false;
  const days = box.dataset.days.trim().split(" ");
  const last = days.length - 2;
  const [from, to] = ["from", "to"].map((id) => document.getElementById(id));
  const [since, until] = ["since", "until"].map((name) => form.elements[name]);
  const bars = box.querySelectorAll("rect");
  const before = (day) => new Date(Date.parse(`${day}T00:00Z`) - 864e5).toISOString().slice(0, 10);

  function show() {
    bars.forEach((bar, place) => bar.classList.toggle("out", place < +from.value || place > +to.value));
    document.getElementById("span").textContent = since.value || until.value ? `${since.value || "…"} – ${until.value || "…"}` : "";
  }
  function read() {
    const first = days.findLastIndex((day) => day <= (since.value || days[0]));
    const end = days.findLastIndex((day) => day <= (until.value || days[last]));
    from.value = Math.max(0, first);
    to.value = Math.min(Math.max(0, end), last);
    show();
  }
  function write(event) {
    if (+from.value > +to.value) event.target.value = event.target === from ? to.value : from.value;
    since.value = +from.value === 0 ? "" : days[+from.value];
    until.value = +to.value === last ? "" : before(days[+to.value + 1]);
    show();
  }
  for (const each of [from, to]) each.addEventListener("input", write);
  for (const each of [since, until]) each.addEventListener("change", read);
  read();
}

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target?.id === "network") draw();
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
slider();
draw();
