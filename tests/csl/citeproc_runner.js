// Renders documents with npm citeproc: one JSON object a line in, one a line out; see reference.py.
"use strict";
const fs = require("fs");
const readline = require("readline");
const CSL = require(process.argv[2]);

const locales = process.argv[3];
const cache = new Map();

function locale(tag) {
  if (!cache.has(tag)) {
    const path = `${locales}/locales-${tag}.xml`;
    cache.set(tag, fs.existsSync(path) ? fs.readFileSync(path, "utf8") : false);
  }
  return cache.get(tag);
}

function render(job) {
  const items = new Map(job.items.map((item) => [String(item.id), item]));
  const sys = {
    retrieveLocale: locale,
    retrieveItem: (id) => JSON.parse(JSON.stringify(items.get(String(id)))),
  };
  const engine = new CSL.Engine(sys, job.style, job.locale || undefined, Boolean(job.locale));
  engine.setOutputFormat("text");
  const texts = engine.rebuildProcessorState(job.clusters, "text").map((row) => row[2]);
  const bibliography = engine.makeBibliography();
  const entries = bibliography ? bibliography[0].entry_ids.map((ids, n) => [ids[0], bibliography[1][n].trim()]) : [];
  return { texts, entries };
}

readline.createInterface({ input: process.stdin }).on("line", (line) => {
  const job = JSON.parse(line);
  let answer;
  try {
    answer = render(job);
  } catch (error) {
    answer = { error: String(error) };
  }
  process.stdout.write(JSON.stringify(answer) + "\n");
});
