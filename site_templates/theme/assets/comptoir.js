// Comptoir in the browser: everything here adds to pages that work without it. Words come from data attributes.

const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

function remember(key, value) {
  try {
    if (value === undefined) return localStorage.getItem(`comptoir.${key}`) || "";
    localStorage.setItem(`comptoir.${key}`, value);
  } catch {
    // Storage may be refused: the choice then lasts as long as the page.
  }
  return value || "";
}

// ---------- Light and dark ----------

function startSchemeToggle() {
  const button = $("[data-scheme-toggle]");
  if (!button) return;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const root = document.documentElement;
  const isDark = () => (root.dataset.scheme ? root.dataset.scheme === "dark" : system.matches);
  const name = () => button.setAttribute("aria-label", isDark() ? button.dataset.toLight : button.dataset.toDark);
  button.hidden = false;
  button.addEventListener("click", () => {
    root.dataset.scheme = isDark() ? "light" : "dark";
    remember("scheme", root.dataset.scheme);
    name();
  });
  system.addEventListener("change", name);
  name();
}

// ---------- Menu of phones ----------

function startMenu() {
  const button = $("[data-menu]");
  const menu = button && document.getElementById(button.getAttribute("aria-controls"));
  if (!menu) return;
  const show = (open) => {
    button.setAttribute("aria-expanded", String(open));
    menu.classList.toggle("is-open", open);
  };
  button.addEventListener("click", () => show(button.getAttribute("aria-expanded") !== "true"));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && button.getAttribute("aria-expanded") === "true") {
      show(false);
      button.focus();
    }
  });
}

// ---------- Search ----------

const SERVICES_SHOWN = 8;
const PAGES_SHOWN = 4;
const WORTH_SHOWING = 12; // a result has a twelfth of the score of the best, or more

/** An element with these attributes and children; texts are never read as HTML. */
function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** Loads a part of the search once; rejects when it cannot be had. */
const searchParts = {};
function loadSearch(root, part) {
  searchParts[part] ??= new Promise((done, fail) => {
    const script = element("script", { src: `${root}find/${part}.js` });
    script.onload = () => done(globalThis.comptoirSearch[part]);
    script.onerror = () => {
      delete searchParts[part];
      fail(new Error(part));
    };
    document.head.append(script);
  });
  return searchParts[part];
}

function startSearch() {
  const dialog = $("[data-search]");
  if (!dialog) return;
  const words = dialog.dataset;
  const root = words.root.endsWith("/") ? words.root : `${words.root}/`;
  const [query, status, grid, nothing, near] = ["input", "[role=status]", "[role=grid]", "[data-search-nothing]", "[data-search-near]"].map((s) => $(s, dialog));
  const nearWords = near.textContent;
  let active = -1;
  let asked = 0;

  const address = (url) => root + (location.protocol === "file:" && url.endsWith("/") ? `${url}index.html` : url || "./");

  function move(to) {
    const rows = $$("[role=row]", grid);
    active = rows.length ? (to + rows.length) % rows.length : -1;
    rows.forEach((row, place) => row.classList.toggle("is-active", place === active));
    if (active < 0) return query.removeAttribute("aria-activedescendant");
    query.setAttribute("aria-activedescendant", `search-${active}`);
    rows[active].scrollIntoView({ block: "nearest" });
  }

  function rowOf(found, icons, place) {
    const text = element("span", {}, element("strong", {}, found.title), element("small", {}, [found.kind || words.page, found.text].filter(Boolean).join(" – ")));
    const link = element("a", { href: address(found.url) }, text);
    if (icons) link.insertAdjacentHTML("afterbegin", icons[found.icon]);
    const cell = element("div", { role: "gridcell", class: "c-search__page", id: `search-${place}` }, link);
    const row = element("div", { role: "row" }, cell);
    if (found.ask) {
      const ask = element("a", { href: found.ask, class: "c-button c-button--quiet", "aria-label": found.name }, found.label);
      row.append(element("div", { role: "gridcell" }, ask));
    }
    return row;
  }

  function show(services, pages, text, chosen = 0) {
    const best = (index, most) => {
      const ranked = comptoirRanking.rank(index, text, services.words).slice(0, most);
      return ranked.filter(([, score]) => score * WORTH_SHOWING >= ranked[0][1]).map(([place]) => index.found[place]);
    };
    const first = best(services, SERVICES_SHOWN);
    const then = pages ? best(pages, PAGES_SHOWN) : [];
    const number = first.length + then.length;
    grid.replaceChildren(...[...first, ...then].map((found, place) => rowOf(found, place < first.length && services.icons, place)));
    grid.hidden = !number;
    query.setAttribute("aria-expanded", String(number > 0));
    status.textContent = number > 1 ? words.many.replace("{n}", number) : number ? words.one : words.none;
    nothing.hidden = number > 0;
    near.hidden = true;
    if (!number) {
      const titles = comptoirRanking.nearWords(services.found.map((found) => found.title), text);
      near.replaceChildren(nearWords, ...titles.map((title) => element("button", { type: "button", class: "c-search__near" }, title)));
      near.hidden = !titles.length;
    }
    move(number ? Math.min(chosen, number - 1) : -1);
  }

  async function answer() {
    const text = query.value.trim();
    const turn = (asked += 1);
    try {
      const services = await loadSearch(root, "services");
      if (turn !== asked) return;
      if (text) {
        show(services, globalThis.comptoirSearch.pages, text);
        const pages = await loadSearch(root, "pages");
        if (turn === asked) show(services, pages, text, Math.max(active, 0));
        return;
      }
      status.textContent = words.start;
    } catch {
      status.textContent = words.failed;
      nothing.hidden = false;
    }
    grid.hidden = true;
    grid.replaceChildren();
    query.setAttribute("aria-expanded", "false");
    move(-1);
  }

  function open(text = "") {
    if (!dialog.open) dialog.showModal();
    query.value = text;
    query.focus();
    answer();
  }

  query.addEventListener("input", answer);
  query.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(active + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      $$("[role=row]", grid)[active].querySelector("a").click();
    }
  });
  near.addEventListener("click", (event) => {
    if (event.target.matches("button")) open(event.target.textContent);
  });
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  $("[data-search-close]", dialog).addEventListener("click", () => dialog.close());
  $$("[data-search-open]").forEach((button) => button.addEventListener("click", () => open()));
  document.addEventListener("keydown", (event) => {
    const writing = event.target.closest("input, select, textarea, [contenteditable]");
    if (event.key === "/" && !writing && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      open();
    }
  });
  const form = $("[data-find]");
  if (!form) return;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    open($("input", form).value);
  });
}

// ---------- Open now ----------

const MINUTES_OF_DAY = 1440;

/** The date and the minute of the day in a time zone. */
function clockIn(timeZone, instant) {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit",
  }).formatToParts(instant);
  const part = (type) => parts.find((p) => p.type === type).value;
  return { date: `${part("year")}-${part("month")}-${part("day")}`, minute: Number(part("hour")) * 60 + Number(part("minute")) };
}

function addDays(date, days) {
  const day = new Date(`${date}T12:00:00Z`);
  day.setUTCDate(day.getUTCDate() + days);
  return day.toISOString().slice(0, 10);
}

function hoursOf(calendar, date) {
  const weekday = (new Date(`${date}T12:00:00Z`).getUTCDay() + 6) % 7;
  return calendar.days[date] || calendar.week[weekday];
}

/** Whether it is open, and the day and minute of the next change (null when none is near). */
function stateOf(calendar, now) {
  const open = hoursOf(calendar, now.date).find(([start, end]) => start <= now.minute && now.minute < end);
  let after = open ? open[1] : now.minute;
  for (let days = 0; days < 60; days += 1) {
    const date = addDays(now.date, days);
    const hours = hoursOf(calendar, date);
    if (open) {
      for (const [start, end] of hours) if (start === after) after = end;
      if (after < MINUTES_OF_DAY || !hours.length) return { open: true, days, minute: after % MINUTES_OF_DAY };
      if (!hoursOf(calendar, addDays(date, 1)).some(([start]) => start === 0)) return { open: true, days, minute: after };
      after = 0;
    } else {
      const next = hours.find(([start]) => days > 0 || start > now.minute);
      if (next) return { open: false, days, date, minute: next[0] };
    }
  }
  return { open: Boolean(open), days: null };
}

/** A time of day as the pages write it: 18 h 30 and 8 h in French, 18:30 and 8:00 in English. */
function timeOf(minute, words) {
  if (minute === MINUTES_OF_DAY) return words.midnight;
  const hours = Math.floor(minute / 60);
  const minutes = String(minute % 60).padStart(2, "0");
  return (minute % 60 ? words.time : words.hour).replace("{hours}", hours).replace("{minutes}", minutes);
}

function writeOpenNow(element, language) {
  const words = element.dataset;
  const calendar = JSON.parse(words.calendar);
  const now = clockIn(calendar.tz, new Date());
  if (calendar.until && now.date > calendar.until) {
    element.textContent = words.unknown;
    element.hidden = false;
    return;
  }
  const state = stateOf(calendar, now);
  const time = state.days === null ? "" : timeOf(state.minute, words);
  const day = () => {
    if (state.days === 0) return words.today;
    if (state.days === 1) return words.tomorrow;
    const far = state.days > 6;
    return new Intl.DateTimeFormat(language, { weekday: "long", timeZone: "UTC", ...(far && { day: "numeric", month: "long" }) })
      .format(new Date(`${state.date}T12:00:00Z`));
  };
  let text = state.open ? words.open : words.closed;
  if (state.days === null) text += state.open ? ` · ${words.always}` : "";
  else if (!state.open) text += ` · ${words.opens.replace("{day}", day()).replace("{time}", time)}`;
  else if (state.days === 0 || (state.days === 1 && state.minute <= 360)) text += ` · ${words.closes.replace("{time}", time)}`;
  element.textContent = text;
  element.classList.toggle("is-open", state.open);
  element.hidden = false;
}

function startOpenNow() {
  const elements = $$("[data-calendar]");
  if (!elements.length) return;
  const language = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;
  const write = () => elements.forEach((element) => writeOpenNow(element, language));
  write();
  setInterval(write, 60_000);
}

// ---------- Ask: who one is goes into the link ----------

function startAsk() {
  const holder = $("[data-who]");
  const links = $$("[data-ask]");
  if (!holder || !links.length) return;
  const select = $("select", holder);
  const plain = new Map(links.map((link) => [link, link.getAttribute("href")]));
  const write = () => {
    const chosen = select.selectedOptions[0];
    for (const link of links) {
      link.href = plain.get(link);
      if (!select.value) continue;
      if (link.dataset.ask === "portal") {
        const url = new URL(link.href);
        url.searchParams.set("segment", select.value);
        link.href = url.href;
      } else {
        link.setAttribute("href", link.dataset.ask.replace("{segment}", encodeURIComponent(chosen.textContent.trim())));
      }
    }
  };
  const last = remember("segment");
  if ([...select.options].some((option) => option.value === last)) select.value = last;
  select.addEventListener("change", () => {
    remember("segment", select.value);
    write();
  });
  holder.hidden = false;
  write();
}

// ---------- All services: filters ----------

function plainWords(text) {
  const bare = text.toLowerCase().replaceAll("œ", "oe").replaceAll("æ", "ae").normalize("NFKD").replace(/\p{M}/gu, "");
  return bare.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
}

function startFilters() {
  const form = $("[data-filters]");
  const root = $("[data-list]");
  if (!form || !root) return;
  const entries = $$("[data-words]", root).map((element) => ({
    element,
    words: element.dataset.words,
    family: element.dataset.family,
    segments: element.dataset.segments ? element.dataset.segments.split(" ") : null,
    lifecycle: element.dataset.lifecycle,
    own: element.dataset.own ? element.dataset.own.split(" ") : [],
  }));
  const groups = $$("[data-group]", root);
  const count = $("[data-count]", root);
  const nothing = $("[data-nothing]", root);
  const plural = new Intl.PluralRules(document.documentElement.lang);
  const number = new Intl.NumberFormat(document.documentElement.lang);
  const ownFields = $$("select[data-own]", form);
  const fields = ["text", "family", "segment", "lifecycle"].map((name) => form.elements[name]).filter(Boolean).concat(ownFields);
  const value = (name) => (form.elements[name] ? form.elements[name].value : "");

  function filter() {
    const wanted = plainWords(value("text"));
    const [family, segment, lifecycle] = [value("family"), value("segment"), value("lifecycle")];
    let shown = 0;
    for (const entry of entries) {
      const visible =
        (lifecycle ? entry.lifecycle === lifecycle : entry.lifecycle !== "retired") &&
        (!family || entry.family === family) &&
        (!segment || !entry.segments || entry.segments.includes(segment)) &&
        ownFields.every((field) => !field.value || entry.own.includes(`${field.dataset.own}:${field.value}`)) &&
        wanted.every((word) => entry.words.includes(word));
      entry.element.hidden = !visible;
      shown += visible;
    }
    for (const group of groups) group.hidden = !$("[data-words]:not([hidden])", group);
    const form = plural.select(shown) === "one" ? count.dataset.one : count.dataset.many;
    count.textContent = form.replace("{n}", number.format(shown));
    nothing.hidden = shown > 0;
  }

  function keepInAddress() {
    const url = new URL(location.href);
    for (const field of fields) {
      if (field.value) url.searchParams.set(field.name, field.value);
      else url.searchParams.delete(field.name);
    }
    history.replaceState(history.state, "", url);
  }

  function readAddress() {
    const asked = new URL(location.href).searchParams;
    for (const field of fields) {
      field.value = asked.get(field.name) || "";
      if (field.tagName === "SELECT" && field.selectedIndex < 0) field.value = "";
    }
  }

  const update = () => {
    filter();
    keepInAddress();
  };
  form.addEventListener("input", update);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(update));
  readAddress();
  form.hidden = false;
  filter();
}

// ---------- A bar of chapters that stays at the top: marks the one that is read ----------

function startFollow() {
  for (const bar of $$("[data-follow]")) {
    const links = $$('a[href^="#"]', bar).map((link) => [link, document.getElementById(link.hash.slice(1))]).filter(([, target]) => target);
    const mark = () => {
      const passed = links.filter(([, target]) => target.getBoundingClientRect().top < innerHeight / 3);
      const current = (passed.pop() ?? links[0] ?? [])[0];
      for (const [link] of links) {
        if (link === current) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
      if (current) bar.firstElementChild.scrollLeft = current.offsetLeft - 24;
    };
    addEventListener("scroll", () => requestAnimationFrame(mark), { passive: true });
    mark();
  }
}

// ---------- Works that are over since the page was made ----------

function startUntil() {
  for (const over of $$("[data-until]").filter((one) => Date.parse(one.dataset.until) < Date.now())) {
    const list = over.parentElement;
    over.remove();
    if (!list.children.length) (list.closest(".c-home__disturbed, .c-service__disturbed") ?? list).remove();
  }
}

// ---------- What monitoring says does not work: never that something works, nor what is older than an hour ----------

const FRESH = 3600e3;

async function startLive() {
  for (const list of $$("[data-live]")) {
    const said = await fetch(list.dataset.live, { cache: "no-store" }).then((answer) => answer.json()).catch(() => null);
    if (!said || !(Math.abs(Date.now() - Date.parse(said.at)) < FRESH)) continue;
    const names = JSON.parse(list.dataset.services);
    const words = JSON.parse(list.dataset.words);
    const language = document.documentElement.lang;
    const day = (instant) => new Date(instant).toLocaleString(language === "en" ? "en-GB" : language, { dateStyle: "long", timeStyle: "short" });
    for (const [id, state] of Object.entries(said.services ?? {})) {
      if (!Object.hasOwn(names, id) || !["down", "degraded", "works"].includes(state?.state)) continue;
      const line = document.createElement("li");
      line.className = `c-disturbance${state.state === "works" ? "" : " c-disturbance--problem"}`;
      const kind = line.appendChild(document.createElement("p"));
      kind.className = "c-disturbance__kind";
      const times = ["since", "until"].filter((key) => Date.parse(state[key])).map((key) => words[key].replace("{day}", day(state[key])));
      kind.textContent = [words[state.state], ...times].join(", ");
      const name = line.appendChild(document.createElement("p")).appendChild(document.createElement("strong"));
      name.textContent = names[id];
      const text = typeof state.text === "string" ? state.text : state.text?.[language.slice(0, 2)];
      if (typeof text === "string") line.appendChild(document.createElement("p")).textContent = text;
      list.append(line);
    }
  }
}

// ---------- Print: what is folded is shown ----------

function startPrint() {
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = $$("details:not([open])");
    opened.forEach((details) => (details.open = true));
  });
  addEventListener("afterprint", () => opened.forEach((details) => (details.open = false)));
}

startSchemeToggle();
startMenu();
startSearch();
startOpenNow();
startAsk();
startFilters();
startFollow();
startUntil();
startLive();
startPrint();
