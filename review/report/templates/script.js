"use strict";
(() => {
const D = JSON.parse(document.getElementById("data").textContent);
const $ = (id) => document.getElementById(id);
const el = (tag, cls, text) => { const e = document.createElement(tag); if (cls) e.className = cls; if (text !== undefined) e.textContent = text; return e; };
const low = (text) => text.toLowerCase();

/* A grid that draws only what is in view; one cell is in the tab order (WAI-ARIA grid pattern). */
class Grid {
  constructor(box, label, corner, open, wide = 220) {
    this.wide = wide;
    this.box = box; this.open = open; this.rows = []; this.cols = []; this.cell = () => null;
    this.at = [0, 0]; this.key = ""; this.cw = 34; this.rh = 30; this.hh = 170; this.corner = corner;
    box.setAttribute("role", "grid"); box.setAttribute("aria-label", label); box.setAttribute("aria-readonly", "true");
    box.addEventListener("scroll", () => { if (!this.raf) this.raf = requestAnimationFrame(() => { this.raf = 0; this.draw(false); }); }, { passive: true });
    box.addEventListener("keydown", (e) => this.press(e));
    box.addEventListener("click", (e) => { const c = e.target.closest("[role=gridcell]"); if (c) { this.go(+c.dataset.r, +c.dataset.c); this.open(this.rows[+c.dataset.r], this.cols[+c.dataset.c]); } });
    new ResizeObserver(() => this.draw(true)).observe(box);
  }
  set(rows, cols, cell) {
    this.rows = rows; this.cols = cols; this.cell = cell;
    this.at = [Math.max(0, Math.min(this.at[0], rows.length - 1)), Math.max(0, Math.min(this.at[1], cols.length - 1))];
    this.box.setAttribute("aria-rowcount", rows.length + 1); this.box.setAttribute("aria-colcount", cols.length + 1);
    this.draw(true);
  }
  range() {
    const b = this.box; this.hw = b.clientWidth < 560 ? 132 : this.wide;
    const r0 = Math.max(0, Math.floor(b.scrollTop / this.rh) - 2), r1 = Math.min(this.rows.length, Math.ceil((b.scrollTop + b.clientHeight - this.hh) / this.rh) + 3);
    const c0 = Math.max(0, Math.floor(b.scrollLeft / this.cw) - 2), c1 = Math.min(this.cols.length, Math.ceil((b.scrollLeft + b.clientWidth - this.hw) / this.cw) + 3);
    return [r0, r1, c0, c1];
  }
  draw(force) {
    const [r0, r1, c0, c1] = this.range(), key = [r0, r1, c0, c1].join();
    if (!force && key === this.key) return;
    this.key = key;
    const focused = this.box.contains(document.activeElement);
    const width = this.hw + this.cols.length * this.cw, space = el("div", "space");
    space.setAttribute("role", "presentation");
    space.style.width = width + "px"; space.style.height = this.hh + this.rows.length * this.rh + "px";
    const cols = new Set([this.at[1]]); for (let c = c0; c < c1; c++) cols.add(c);
    const rows = new Set([this.at[0]]); for (let r = r0; r < r1; r++) rows.add(r);
    const head = el("div", "headrow"); head.setAttribute("role", "row"); head.setAttribute("aria-rowindex", 1); head.style.width = width + "px"; head.style.position = "sticky";
    const corner = el("div", "corner", this.corner); corner.setAttribute("role", "columnheader"); corner.setAttribute("aria-colindex", 1); corner.style.width = this.hw + "px"; head.append(corner);
    for (const c of cols) if (this.cols[c]) {
      const h = el("div", "", this.cols[c].title); h.setAttribute("role", "columnheader"); h.setAttribute("aria-colindex", c + 2); h.title = this.cols[c].title; h.style.left = this.hw + c * this.cw + "px"; head.append(h);
    }
    space.append(head);
    for (const r of rows) if (this.rows[r]) {
      const line = el("div"); line.setAttribute("role", "row"); line.setAttribute("aria-rowindex", r + 2); line.style.top = this.hh + r * this.rh + "px"; line.style.width = width + "px";
      const h = el("div", "", this.rows[r].title); h.setAttribute("role", "rowheader"); h.setAttribute("aria-colindex", 1); h.title = this.rows[r].title; h.style.width = this.hw + "px"; line.append(h);
      for (const c of cols) if (this.cols[c]) {
        const cell = el("div"), what = this.cell(this.rows[r], this.cols[c]);
        cell.setAttribute("role", "gridcell"); cell.setAttribute("aria-colindex", c + 2); cell.dataset.r = r; cell.dataset.c = c; cell.style.left = this.hw + c * this.cw + "px";
        const here = r === this.at[0] && c === this.at[1]; cell.tabIndex = here ? 0 : -1;
        if (what) { const b = el("b", what.cls, what.text); b.setAttribute("aria-hidden", "true"); cell.append(b, el("span", "hidden", what.label)); }
        else if (here) cell.append(el("span", "hidden", "none"));
        line.append(cell);
      }
      space.append(line);
    }
    this.box.replaceChildren(space);
    if (focused) { const a = this.active(); if (a) a.focus({ preventScroll: true }); }
  }
  active() { return this.box.querySelector("[role=gridcell][tabindex='0']"); }
  go(r, c, focus = true) {
    this.at = [Math.max(0, Math.min(r, this.rows.length - 1)), Math.max(0, Math.min(c, this.cols.length - 1))];
    const b = this.box, y = this.at[0] * this.rh, x = this.at[1] * this.cw;
    if (y < b.scrollTop) b.scrollTop = y; else if (y + this.rh > b.scrollTop + b.clientHeight - this.hh - 16) b.scrollTop = y + this.rh - b.clientHeight + this.hh + 16;
    if (x < b.scrollLeft) b.scrollLeft = x; else if (x + this.cw > b.scrollLeft + b.clientWidth - this.hw - 16) b.scrollLeft = x + this.cw - b.clientWidth + this.hw + 16;
    this.draw(true); if (focus) { const a = this.active(); if (a) a.focus({ preventScroll: true }); }
  }
  press(e) {
    const [r, c] = this.at, page = Math.max(1, Math.floor((this.box.clientHeight - this.hh) / this.rh) - 1);
    const to = { ArrowUp: [r - 1, c], ArrowDown: [r + 1, c], ArrowLeft: [r, c - 1], ArrowRight: [r, c + 1], Home: [e.ctrlKey ? 0 : r, 0], End: [e.ctrlKey ? 1e9 : r, 1e9], PageUp: [r - page, c], PageDown: [r + page, c] }[e.key];
    if (to) { e.preventDefault(); this.go(to[0], to[1]); }
    else if (e.key === "Enter" || e.key === " ") { e.preventDefault(); this.open(this.rows[r], this.cols[c]); }
  }
}

/* Access matrix */
D.roles.forEach((role, i) => { role.i = i; role.by = new Map(D.cells[i].map((cell) => [cell.s, cell.g])); });
D.systems.forEach((system, i) => { system.i = i; });
const label = (grants) => grants.length + " entitlement" + (grants.length > 1 ? "s" : "") + (grants.some((g) => g.ephi) ? ", ePHI" : "");
function showCell(role, system) {
  const box = $("matrix-detail"); if (!role || !system) return;
  const grants = role.by.get(system.i), list = el("ul");
  box.replaceChildren(el("h3", "", role.title + " on " + system.title));
  box.append(el("p", "note", role.how + "; risk " + role.risk + (role.privileged ? ", privileged" : "") + "; owner " + role.owner + ". " + system.tier + "; access approved by " + system.approver + "."));
  if (!grants) { box.append(el("p", "", "No access.")); return; }
  for (const g of grants) {
    const item = el("li"); item.append(el("strong", "", g.title)); if (g.ephi) item.append(" ", el("span", "tag info", "ePHI"));
    item.append(el("br"), g.why, el("br"), el("span", "note", g.id + "; clients: " + g.clients + (g.from ? "; inherited from " + g.from : "") + (g.until ? "; until " + g.until : "") + (g.risks.length ? "; " + g.risks.join(", ") : "")));
    list.append(item);
  }
  box.append(list);
}
const matrix = new Grid($("matrix"), "Access by role and system", "Role / system", showCell);
function filterMatrix() {
  const role = low($("f-role").value), system = low($("f-system").value), risk = $("f-risk").value, provider = $("f-provider").value, ephi = $("f-ephi").checked, priv = $("f-priv").checked;
  const cols = D.systems.filter((s) => low(s.title + " " + s.kind).includes(system) && (!provider || s.provider === provider) && (!ephi || s.ephi));
  const shown = new Set(cols.map((s) => s.i));
  const rows = D.roles.filter((r) => low(r.title).includes(role) && (!risk || r.risk === risk) && (!priv || r.privileged) && (!ephi || D.cells[r.i].some((c) => shown.has(c.s) && c.g.some((g) => g.ephi))));
  matrix.set(rows, cols, (r, s) => {
    let g = r.by.get(s.i); if (!g) return null; if (ephi) { g = g.filter((x) => x.ephi); if (!g.length) return null; }
    return { text: g.length, cls: (g.some((x) => x.ephi) ? "ephi" : "plainc") + (g.some((x) => x.risks.length) ? " risky" : ""), label: label(g) };
  });
  $("f-count").textContent = rows.length + " roles, " + cols.length + " systems";
}
$("matrix-filters").addEventListener("input", filterMatrix);
$("matrix-filters").addEventListener("submit", (e) => e.preventDefault());
$("matrix-filters").addEventListener("reset", () => setTimeout(filterMatrix));
filterMatrix();

/* Separation of duties */
const words = { L: "first duty", R: "second duty", Q: "both, by request", C: "conflict" }, signs = { L: "1", R: "2", Q: "?", C: "!" };
const sod = new Grid($("sod"), "Separation of duties by rule and job code", "Rule / job code", (rule, job) => {
  if (!rule || !job) return;
  const box = $("sod-detail"), mark = rule.cells[job.id];
  box.replaceChildren(el("h3", "", rule.title), el("p", "", job.title + " (" + job.id + "): " + (mark ? words[mark] : "neither duty") + "."), el("p", "note", "1: " + rule.left + ". 2: " + rule.right + "."), el("p", "", rule.why), el("p", "note", rule.liftable ? "An exception may lift it." : "No exception can lift it."));
}, 310);
sod.set(D.separation.rules, D.jobs, (rule, job) => { const m = rule.cells[job.id]; return m ? { text: signs[m], cls: m, label: words[m] } : null; });

/* Access graph: four columns, what is reached from the centre to either side */
const jobAt = new Map(D.jobs.map((j, i) => [j.id, i]));
const vendorAt = new Map(D.vendors.map((v, i) => [v.id, i]));
const cols = [D.jobs.map((j) => j.title), D.roles.map((r) => r.title), D.systems.map((s) => s.title), [...D.clients.map((c) => "Client: " + c.title), ...D.vendors.map((v) => "Vendor: " + v.title)]];
const edges = [new Map(), new Map(), new Map()], back = [new Map(), new Map(), new Map()], asked = new Set();
function link(k, a, b, ask) { for (const [m, x, y] of [[edges[k], a, b], [back[k], b, a]]) { if (!m.has(x)) m.set(x, new Set()); m.get(x).add(y); } if (ask) asked.add(a + ">" + b); }
D.roles.forEach((r) => { r.jobs.forEach((j) => link(0, jobAt.get(j), r.i)); r.eligible.forEach((j) => link(0, jobAt.get(j), r.i, true)); D.cells[r.i].forEach((c) => link(1, r.i, c.s)); });
D.clients.forEach((c, i) => c.systems.forEach((s) => link(2, s, i)));
D.systems.forEach((s) => { if (s.vendor && vendorAt.has(s.vendor)) link(2, s.i, D.clients.length + vendorAt.get(s.vendor)); });
const NS = "http://www.w3.org/2000/svg", MOST = 40;
const svg = (tag, attrs) => { const e = document.createElementNS(NS, tag); for (const k in attrs) e.setAttribute(k, attrs[k]); return e; };
function draw(col, node, focus) {
  const sets = [new Set(), new Set(), new Set(), new Set()]; sets[col].add(node);
  for (let k = col; k < 3; k++) sets[k].forEach((x) => (edges[k].get(x) || []).forEach((y) => sets[k + 1].add(y)));
  for (let k = col; k > 0; k--) sets[k].forEach((x) => (back[k - 1].get(x) || []).forEach((y) => sets[k - 1].add(y)));
  let more = 0;
  const lists = sets.map((s, k) => { const a = [...s].sort((x, y) => cols[k][x].localeCompare(cols[k][y])); more += Math.max(0, a.length - MOST); return a.slice(0, MOST); });
  const tallest = Math.max(...lists.map((l) => l.length), 1), H = tallest * 31 + 46, xs = [10, 270, 530, 790], W = 1040, w = 240;
  const root = svg("svg", { viewBox: "0 0 " + W + " " + H, role: "group", "aria-label": "Access graph around " + cols[col][node] }), at = lists.map(() => new Map());
  lists.forEach((l, k) => l.forEach((x, i) => at[k].set(x, 36 + ((tallest - l.length) / 2 + i) * 31)));
  for (let k = 0; k < 3; k++) at[k].forEach((y, x) => (edges[k].get(x) || []).forEach((to) => {
    if (!at[k + 1].has(to)) return; const y1 = y + 13, y2 = at[k + 1].get(to) + 13, a = xs[k] + w, b = xs[k + 1], m = (a + b) / 2;
    root.append(svg("path", { class: "edge" + (k === 0 && asked.has(x + ">" + to) ? " ask" : ""), d: "M" + a + " " + y1 + "C" + m + " " + y1 + " " + m + " " + y2 + " " + b + " " + y2 }));
  }));
  ["Job codes", "Roles", "Systems", "Clients and vendors"].forEach((t, k) => { const e = svg("text", { class: "coltitle", x: xs[k], y: 20 }); e.textContent = t + " (" + sets[k].size + ")"; root.append(e); });
  let middle = null;
  at.forEach((m, k) => m.forEach((y, x) => {
    const is = k === col && x === node, g = svg("g", { class: "node" + (k === 2 && D.systems[x].ephi ? " ephi" : "") + (is ? " focus" : ""), tabindex: 0, role: "button", "aria-label": cols[k][x], "aria-pressed": is });
    const t = svg("text", { x: xs[k] + 9, y: y + 17.5 }), name = cols[k][x]; t.textContent = name.length > 33 ? name.slice(0, 32) + "…" : name;
    g.append(svg("rect", { x: xs[k], y, width: w, height: 26, rx: 6 }), t);
    const pick = () => { $("g-node").value = k + ":" + x; draw(k, x, true); };
    g.addEventListener("click", pick); g.addEventListener("keydown", (e) => { if (e.key === "Enter" || e.key === " ") { e.preventDefault(); pick(); } });
    root.append(g); if (is) middle = g;
  }));
  $("graph-box").replaceChildren(root);
  $("g-note").textContent = lists[1].length + (lists[1].length === 1 ? " role, " : " roles, ") + lists[2].length + (lists[2].length === 1 ? " system around " : " systems around ") + cols[col][node] + (more ? "; " + more + " further ones are not drawn" : "") + ".";
  const box = $("graph-box");
  if (box.scrollWidth > box.clientWidth) box.scrollLeft = Math.max(0, (xs[col] + w / 2) * box.scrollWidth / W - box.clientWidth / 2);
  if (focus && middle) middle.focus({ preventScroll: true });
}
["Job codes", "Roles", "Systems", "Clients and vendors"].forEach((t, k) => { const group = el("optgroup"); group.label = t; cols[k].forEach((name, i) => { const o = el("option", "", name); o.value = k + ":" + i; group.append(o); }); $("g-node").append(group); });
$("g-node").addEventListener("change", (e) => { const [k, x] = e.target.value.split(":").map(Number); draw(k, x, false); });
const first = D.roles.findIndex((r) => r.risk === "high" && r.jobs.length);
if (D.roles.length) { $("g-node").value = "1:" + Math.max(0, first); draw(1, Math.max(0, first), false); }

/* Search */
const index = [];
cols.forEach((names, k) => names.forEach((name, i) => index.push({ k, i, name, kind: ["job code", "role", "system", i < D.clients.length ? "client" : "vendor"][k] })));
const seen = new Set();
D.roles.forEach((r) => D.cells[r.i].forEach((c) => c.g.forEach((g) => { if (!seen.has(g.id)) { seen.add(g.id); index.push({ k: 2, i: c.s, name: g.title + " (" + D.systems[c.s].title + ")", kind: "entitlement" }); } })));
index.forEach((x) => { x.low = low(x.name); });
const q = $("q"), hits = $("hits"); let found = [], pos = -1;
function close() { hits.hidden = true; q.setAttribute("aria-expanded", "false"); q.removeAttribute("aria-activedescendant"); pos = -1; }
function mark(p) { pos = p; [...hits.children].forEach((li, i) => li.setAttribute("aria-selected", i === p)); if (p >= 0) { q.setAttribute("aria-activedescendant", "hit" + p); hits.children[p].scrollIntoView({ block: "nearest" }); } }
function choose(x) {
  q.value = x.name; close(); $("g-node").value = x.k + ":" + x.i; draw(x.k, x.i, true); $("graph").scrollIntoView();
  if (x.k === 1) { const r = matrix.rows.findIndex((row) => row.i === x.i); if (r >= 0) matrix.go(r, 0, false); }
  if (x.k === 2) { const c = matrix.cols.findIndex((s) => s.i === x.i); if (c >= 0) matrix.go(matrix.at[0], c, false); }
}
q.addEventListener("input", () => {
  const text = low(q.value.trim()); if (!text) { close(); return; }
  found = index.filter((x) => x.low.includes(text)).sort((a, b) => a.low.indexOf(text) - b.low.indexOf(text) || a.name.localeCompare(b.name)).slice(0, 12);
  hits.replaceChildren(...found.map((x, i) => { const li = el("li", "", x.name); li.id = "hit" + i; li.setAttribute("role", "option"); li.setAttribute("aria-selected", "false"); li.append(el("span", "", x.kind)); li.addEventListener("mousedown", (e) => { e.preventDefault(); choose(x); }); return li; }));
  if (!found.length) { const li = el("li", "", "Nothing found"); li.setAttribute("role", "option"); li.setAttribute("aria-disabled", "true"); hits.append(li); }
  hits.hidden = false; q.setAttribute("aria-expanded", "true"); if (found.length) mark(0);
});
q.addEventListener("keydown", (e) => {
  if (e.key === "Escape") { close(); return; } if (hits.hidden || !found.length) return;
  if (e.key === "ArrowDown" || e.key === "ArrowUp") { e.preventDefault(); mark((pos + (e.key === "ArrowDown" ? 1 : found.length - 1)) % found.length); }
  else if (e.key === "Enter") { e.preventDefault(); choose(found[Math.max(0, pos)]); }
});
q.addEventListener("blur", close);
document.addEventListener("keydown", (e) => { if (e.key === "/" && !e.ctrlKey && !e.metaKey && !/INPUT|SELECT|TEXTAREA/.test(document.activeElement.tagName)) { e.preventDefault(); q.focus(); } });

/* Filters of tables */
function filterTable(id) {
  const text = document.querySelector('[data-filter="' + id + '"]'), state = document.querySelector('select[data-state="' + id + '"]');
  const want = text ? low(text.value.trim()) : "", is = state ? state.value : "";
  for (const row of $(id).tBodies[0].rows) row.hidden = !(low(row.textContent).includes(want) && (!is || row.dataset.state === is));
}
document.querySelectorAll("[data-filter]").forEach((i) => i.addEventListener("input", () => filterTable(i.dataset.filter)));
document.querySelectorAll("select[data-state]").forEach((i) => i.addEventListener("change", () => filterTable(i.dataset.state)));

/* Theme, print, current section */
const root = document.documentElement, dark = () => (root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches);
const name = () => { $("theme").textContent = dark() ? "Light" : "Dark"; };
$("theme").addEventListener("click", () => { root.dataset.theme = dark() ? "light" : "dark"; name(); }); name();
$("print").addEventListener("click", () => window.print());
addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((d) => { d.open = true; }));
const links = new Map([...document.querySelectorAll("nav a")].map((a) => [a.getAttribute("href").slice(1), a]));
const watch = new IntersectionObserver((list) => list.forEach((x) => { if (x.isIntersecting) links.forEach((a, id) => { if (id === x.target.id) a.setAttribute("aria-current", "true"); else a.removeAttribute("aria-current"); }); }), { rootMargin: "-25% 0px -65% 0px" });
links.forEach((_, id) => watch.observe($(id)));
})();
