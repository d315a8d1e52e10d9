"use strict";
(() => {
  const form = document.querySelector(".tools form");
  const count = form.querySelector("output");
  const none = document.querySelector(".none");
  const names = ["effect", "kind", "owner", "q"];
  const plain = (text) => text.normalize("NFKC").toLowerCase();
  const groups = [...document.querySelectorAll("main section")].map((node) => ({
    node,
    rows: [...node.querySelectorAll("article")].map((row) => ({
      node: row,
      effect: node.dataset.effect,
      kind: row.dataset.kind,
      owners: row.dataset.owner ? row.dataset.owner.split("\n") : [],
      words: plain(row.textContent + "\n" + (row.dataset.owner || "")),
    })),
  }));
  const total = groups.reduce((sum, group) => sum + group.rows.length, 0);

  const filter = () => {
    const began = performance.now();
    const { effect, kind, owner, q } = Object.fromEntries(
      names.map((name) => [name, form.elements[name].value]),
    );
    const words = plain(q).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const group of groups) {
      let here = 0;
      for (const row of group.rows) {
        const fits =
          (!effect || row.effect === effect) &&
          (!kind || row.kind === kind) &&
          (!owner || row.owners.includes(owner)) &&
          words.every((word) => row.words.includes(word));
        if (row.node.hidden === fits) row.node.hidden = !fits;
        if (fits) here += 1;
      }
      group.node.hidden = here === 0;
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
