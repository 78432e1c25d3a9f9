// Put into each page by `comptoir serve`: reloads the page after a build, shows what stops one.
(() => {
  "use strict";
  const published = Number(new URL(document.currentScript.src).searchParams.get("published"));
  const french = document.documentElement.lang.startsWith("fr");
  const heading = french
    ? "Le contenu a des problèmes ; voici le dernier site sans erreur."
    : "The content has problems; this is the last site without errors.";
  let panel = null;

  function show(problems) {
    panel?.remove();
    panel = null;
    if (problems.length === 0) return;
    panel = document.createElement("section");
    panel.id = "comptoir-preview";
    panel.setAttribute("role", "alert");
    Object.assign(panel.style, {
      position: "fixed", inset: "auto 0 0 0", zIndex: "2147483647", maxHeight: "50vh", overflow: "auto",
      padding: "12px 20px", background: "#3b0d0c", color: "#fff", font: "15px/1.5 system-ui, sans-serif",
      borderTop: "4px solid #ff8a80",
    });
    const title = document.createElement("strong");
    title.textContent = heading;
    const list = document.createElement("ul");
    Object.assign(list.style, { margin: "8px 0 0", padding: "0 0 0 20px", listStyle: "disc" });
    for (const problem of problems) {
      const item = document.createElement("li");
      Object.assign(item.style, { font: "13px/1.5 ui-monospace, monospace", whiteSpace: "pre-wrap" });
      item.textContent = problem;
      list.append(item);
    }
    panel.append(title, list);
    document.body.append(panel);
  }

  const visible = () => new Promise((resolve) => {
    if (!document.hidden) return resolve();
    document.addEventListener("visibilitychange", resolve, { once: true });
  });
  const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

  // A hidden tab asks nothing: a browser opens few connections to one host.
  async function ask(version) {
    const hidden = new AbortController();
    const onHidden = () => document.hidden && hidden.abort();
    document.addEventListener("visibilitychange", onHidden);
    try {
      const answer = await fetch(`/_comptoir/state?since=${version}`, { cache: "no-store", signal: hidden.signal });
      return await answer.json();
    } finally {
      document.removeEventListener("visibilitychange", onHidden);
    }
  }

  async function follow() {
    let version = "";
    for (;;) {
      await visible();
      try {
        const state = await ask(version);
        version = state.version;
        if (state.published !== published) return location.reload();
        show(state.problems);
      } catch {
        await pause(1000);
      }
    }
  }
  follow();
})();
