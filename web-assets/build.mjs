// Third-party scripts into src/selon/web/static/vendor, each with its licence; nothing else writes there.
// COPIES are files that packages ship ready; BUNDLES are modules here that import packages and are bundled by esbuild.
import { build } from "esbuild";
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync, existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const OUT = "../src/selon/web/static/vendor";
const LIMIT = 500_000;
const COPIES = [["htmx.org", "dist/htmx.min.js", "htmx.min.js"]];
const BUNDLES = [["sigma.entry.js", "sigma.js", ["sigma", "@sigma/node-square", "graphology", "graphology-utils", "events"]]];

rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });
const told = [];

function licence(name) {
  const folder = join("node_modules", name);
  const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = ["LICENSE", "LICENSE.txt", "LICENSE.md", "license"].map((each) => join(folder, each)).find(existsSync);
  told.push(`${name} ${version} (${license})\n${"=".repeat(40)}\n${file ? readFileSync(file, "utf8").trim() : license}\n`);
}

for (const [name, from, to] of COPIES) {
  copyFileSync(join("node_modules", name, from), join(OUT, to));
  licence(name);
}
for (const [from, to, names] of BUNDLES) {
  await build({ entryPoints: [from], outfile: join(OUT, to), bundle: true, minify: true, format: "esm", conditions: ["module"], target: "es2022", legalComments: "none" });
  names.forEach(licence);
}
writeFileSync(join(OUT, "LICENSES.txt"), told.join("\n"));

const sizes = readdirSync("../src/selon/web/static", { recursive: true, withFileTypes: true })
  .filter((each) => each.isFile())
  .map((each) => statSync(join(each.parentPath, each.name)).size);
const total = sizes.reduce((sum, size) => sum + size, 0);
console.log(`static: ${sizes.length} files, ${total} bytes of at most ${LIMIT}`);
if (total > LIMIT) process.exit(1);
