// The picker as a combobox: type, arrows, Enter chooses, Enter in the empty field inserts, Escape cancels.
const form = document.getElementById("pick");
const field = document.getElementById("words");
const list = document.getElementById("options");
const count = document.getElementById("count");
let found = [];
let at = -1;
let asked = 0;

for (const [name, value] of [["role", "combobox"], ["aria-controls", "options"], ["aria-expanded", "false"], ["aria-autocomplete", "list"]]) {
  field.setAttribute(name, value);
}

function send(name, value) {
  const hidden = document.createElement("input");
  Object.assign(hidden, { type: "hidden", name, value });
  form.append(hidden);
  form.submit();
}
function choose(place) { if (found[place]) { field.value = ""; send("add", found[place].key); } }
function close() {
  list.hidden = true;
  at = -1;
  field.setAttribute("aria-expanded", "false");
  field.removeAttribute("aria-activedescendant");
}
function point(place) {
  at = place;
  [...list.children].forEach((option, number) => option.setAttribute("aria-selected", String(number === at)));
  if (list.children[at]) {
    field.setAttribute("aria-activedescendant", list.children[at].id);
    list.children[at].scrollIntoView({ block: "nearest" });
  } else field.removeAttribute("aria-activedescendant");
}
async function look() {
  const mine = ++asked;
  const query = new URLSearchParams({ q: field.value });
  for (const chosen of form.querySelectorAll("input[name=key]")) query.append("key", chosen.value);
  const answer = await fetch(`${form.dataset.found}?${query}`);
  if (mine !== asked || !answer.ok) return;
  found = await answer.json();
  list.replaceChildren(...found.map((row, number) => {
    const option = document.createElement("li");
    option.id = `option${number}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    const title = document.createElement("div");
    title.textContent = row.title;
    const facts = document.createElement("div");
    facts.className = "facts";
    facts.textContent = [row.author, row.date, row.path, row.key].filter(Boolean).join(" · ");
    option.append(title, facts);
    option.addEventListener("mousedown", (event) => { event.preventDefault(); choose(number); });
    return option;
  }));
  count.textContent = found.length ? `${found.length} shown` : "Nothing has these words";
  list.hidden = !found.length;
  field.setAttribute("aria-expanded", String(Boolean(found.length)));
  point(found.length ? 0 : -1);
}
let later;
field.addEventListener("input", () => {
  clearTimeout(later);
  if (field.value.trim()) later = setTimeout(look, 120); else close();
});
field.addEventListener("blur", () => setTimeout(close, 150));
form.addEventListener("keydown", (event) => {
  const inField = event.target === field;
  if (event.key === "Escape") {
    event.preventDefault();
    if (inField && !list.hidden) close(); else send("do", "cancel");
  } else if (inField && event.key === "ArrowDown") {
    event.preventDefault();
    if (list.hidden) look(); else point((at + 1) % found.length);
  } else if (inField && event.key === "ArrowUp" && !list.hidden) {
    event.preventDefault();
    point((at + found.length - 1) % found.length);
  } else if (event.key === "Enter" && event.target.tagName === "INPUT" && event.target.type !== "checkbox") {
    event.preventDefault();
    if (inField && !list.hidden && at >= 0) choose(at);
    else if (inField && field.value.trim()) look();
    else if (form.querySelector("input[name=key]")) send("do", "insert");
  }
});
