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

// ---------- Search: opens the engine's dialog ----------

function startSearch() {
  const toggle = document.getElementById("__search");
  const query = $("[data-md-component=search-query]");
  if (!toggle || !query) return;
  let opener = null;

  function open(from, text = "") {
    opener = from;
    if (!toggle.checked) toggle.click();
    query.focus();
    if (text) {
      query.value = text;
      query.dispatchEvent(new Event("keyup", { bubbles: true }));
      query.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  toggle.addEventListener("change", () => {
    if (toggle.checked || !opener) return;
    const last = opener;
    opener = null;
    setTimeout(() => last.focus());
  });
  $$("[data-search-open]").forEach((button) => button.addEventListener("click", () => open(button)));
  $$("[data-search-close]").forEach((button) =>
    button.addEventListener("click", () => toggle.checked && toggle.click()),
  );
  document.addEventListener("keydown", (event) => {
    const writing = event.target.closest("input, select, textarea, [contenteditable]");
    if (event.key === "/" && !writing && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      open(document.activeElement === document.body ? $("[data-search-open]") : document.activeElement);
    }
  });
  const form = $("[data-find]");
  if (!form) return;
  const field = $("input", form);
  const carryOver = () => {
    const text = field.value;
    field.value = "";
    open($("[data-search-open]"), text);
  };
  field.addEventListener("input", (event) => event.isComposing || carryOver());
  field.addEventListener("compositionend", carryOver);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    carryOver();
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
  }));
  const groups = $$("[data-group]", root);
  const count = $("[data-count]", root);
  const nothing = $("[data-nothing]", root);
  const plural = new Intl.PluralRules(document.documentElement.lang);
  const number = new Intl.NumberFormat(document.documentElement.lang);
  const fields = ["text", "family", "segment", "lifecycle"].map((name) => form.elements[name]).filter(Boolean);
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

// ---------- Contents of a report: folded where they would fill the screen ----------

function startContents() {
  if (!matchMedia("(max-width: 48rem)").matches) return;
  for (const details of $$("[data-fold-when-narrow]")) details.open = false;
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
startContents();
startPrint();
