"use strict";
(() => {
  const form = document.querySelector(".tools form");
  const count = form.querySelector("output");
  const none = document.querySelector(".none");
  const names = [...form.elements].map((field) => field.name).filter(Boolean);
  const choices = names.filter((name) => name !== "q");
  const plain = (text) => text.normalize("NFKC").toLowerCase();
  const groups = [...document.querySelectorAll("main section")].map((node) => ({
    node,
    count: node.querySelector("h2 small"),
    rows: [...node.querySelectorAll("article")].map((row) => ({
      node: row,
      values: Object.fromEntries(
        Object.entries({ ...node.dataset, ...row.dataset }).map(([name, told]) => [
          name,
          told.split("\n"),
        ]),
      ),
      words: plain(row.textContent + "\n" + (row.dataset.owner || "")),
    })),
  }));
  const total = groups.reduce((sum, group) => sum + group.rows.length, 0);

  const filter = () => {
    const began = performance.now();
    const asked = choices
      .map((name) => [name, form.elements[name].value])
      .filter(([, value]) => value);
    const words = plain(form.elements.q.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const group of groups) {
      let here = 0;
      for (const row of group.rows) {
        const fits =
          asked.every(([name, value]) => (row.values[name] || []).includes(value)) &&
          words.every((word) => row.words.includes(word));
        if (row.node.hidden === fits) row.node.hidden = !fits;
        if (fits) here += 1;
      }
      group.node.hidden = here === 0;
      const all = group.rows.length;
      if (group.count) group.count.textContent = here === all ? `${all}` : `${here} / ${all}`;
      shown += here;
    }
    count.textContent = `${shown} / ${total}`;
    none.hidden = shown > 0;
    document.body.dataset.shown = String(shown);
    document.body.dataset.took = (performance.now() - began).toFixed(1);
  };

  const fromAddress = () => {
    const asked = new URLSearchParams(location.hash.slice(1));
    for (const name of names) {
      const field = form.elements[name];
      field.value = asked.get(name) || "";
      if (field.selectedIndex < 0) field.selectedIndex = 0;
    }
    filter();
  };

  const toAddress = () => {
    const told = new URLSearchParams();
    for (const name of names) {
      if (form.elements[name].value) told.set(name, form.elements[name].value);
    }
    const text = told.toString();
    history.replaceState(null, "", text ? `#${text}` : location.pathname + location.search);
    filter();
  };

  const clear = () => {
    for (const name of names) form.elements[name].value = "";
    toAddress();
  };

  const step = (by) => {
    const rows = groups.flatMap((group) => group.rows).filter((row) => !row.node.hidden);
    if (!rows.length) return;
    const at = rows.findIndex((row) => row.node === document.activeElement);
    const next = at < 0 ? (by > 0 ? 0 : rows.length - 1) : at + by;
    const row = rows[Math.min(Math.max(next, 0), rows.length - 1)].node;
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "start" });
  };

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", toAddress);
  form.querySelector("button").addEventListener("click", clear);
  addEventListener("hashchange", fromAddress);
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const typing = event.target.matches("input, select");
    if (event.key === "Escape") {
      if (typing) event.target.blur();
      clear();
    } else if (!typing && event.key === "/") {
      event.preventDefault();
      form.elements.q.focus();
    } else if (!typing && (event.key === "j" || event.key === "k")) {
      step(event.key === "j" ? 1 : -1);
    }
  });
  fromAddress();
  document.body.dataset.ready = performance.now().toFixed(0);
})();
