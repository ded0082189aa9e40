// What the page can do better with a script: copy, keys, the tree without a new page, scans larger and turned.
document.documentElement.classList.add("scripted");

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copy);
    field.select();
    try { await navigator.clipboard.writeText(field.value); } catch { document.execCommand("copy"); }
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  });
}

document.addEventListener("toggle", async (event) => {
  const details = event.target;
  const address = details.dataset && details.dataset.below;
  if (!address || !details.open) return;
  delete details.dataset.below;
  const answer = await fetch(address);
  if (answer.ok) details.append(document.createRange().createContextualFragment(await answer.text()));
}, true);

for (const figure of document.querySelectorAll("[data-scan]")) {
  const frame = figure.querySelector(".frame");
  const image = figure.querySelector("img");
  let scale = 1;
  let turned = 0;
  const show = () => {
    frame.classList.toggle("large", scale !== 1);
    image.style.width = scale === 1 ? "" : `${Math.round(frame.clientWidth * scale)}px`;
    image.style.transform = turned ? `rotate(${turned}deg)` : "";
  };
  const act = {
    larger() { scale = Math.min(scale * 1.4, 8); },
    smaller() { scale = Math.max(scale / 1.4, 1); if (scale < 1.05) scale = 1; },
    whole() { scale = 1; turned = 0; },
    right() { turned = (turned + 90) % 360; },
    left() { turned = (turned + 270) % 360; },
  };
  const tools = document.createElement("div");
  tools.className = "tools screen";
  tools.setAttribute("role", "group");
  tools.setAttribute("aria-label", image.alt.split(";")[0]);
  for (const [name, text] of [["larger", "Larger"], ["smaller", "Smaller"], ["whole", "Whole"], ["left", "Turn left"], ["right", "Turn right"]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = text;
    button.addEventListener("click", () => { act[name](); show(); });
    tools.append(button);
  }
  figure.prepend(tools);
  figure.actOn = (name) => { act[name](); show(); };
}

const off = document.getElementById("keys-off");
const stored = () => { try { return localStorage.getItem("keys") === "off"; } catch { return false; } };
if (off) {
  off.checked = stored();
  off.addEventListener("change", () => { try { localStorage.setItem("keys", off.checked ? "off" : "on"); } catch { /* private */ } });
}

function step(by) {
  const links = [...document.querySelectorAll(".hit h2 a, .hit h3 a")];
  const at = links.indexOf(document.activeElement);
  const next = links[at < 0 ? (by > 0 ? 0 : links.length - 1) : at + by];
  if (next) next.focus();
}
const follow = (rel) => { const link = document.querySelector(`link[rel=${rel}]`); if (link) location.assign(link.href); };
const scan = (name) => {
  const inside = document.activeElement && document.activeElement.closest("[data-scan]");
  const figure = inside || document.querySelector("[data-scan]");
  if (figure) figure.actOn(name);
};
const KEYS = {
  "/": () => document.getElementById("q").focus(), "?": () => location.assign("/help#keys"),
  j: () => step(1), k: () => step(-1), "[": () => follow("prev"), "]": () => follow("next"), Escape: () => follow("up"),
  "+": () => scan("larger"), "-": () => scan("smaller"), 0: () => scan("whole"), r: () => scan("right"), R: () => scan("left"),
};
document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || stored()) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  const act = KEYS[event.key];
  if (act) { event.preventDefault(); act(); }
});
