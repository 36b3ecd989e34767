"use strict";
// The desk works without this script. With it an act changes its item in place, and every button has its key:
// the keys stand in the page, as data-key, and pressing one clicks what it stands on.
(() => {
  const items = () => [...document.querySelectorAll("[data-item]")].filter((item) => item.getClientRects().length && !item.closest("details:not([open])"));
  const itemOf = (element) => element?.closest?.("[data-item]") ?? null;
  const typing = (element) => element?.matches?.("input:not([type=checkbox]), textarea, select") ?? false;
  let at = "";             // the item that was in focus last
  let last = Promise.resolve(); // acts go one after another: each is based on what the one before made
  let polling = 0;

  // ---- what is in focus

  function focusOn(item) {
    if (!item) return;
    for (let fold = item.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    const target = item.querySelector("[data-focus]") ?? item;
    target.focus();
    if (document.activeElement !== target) { item.tabIndex = -1; item.focus(); } // what is switched off takes no focus
    item.scrollIntoView({ block: "nearest" });
  }

  function current() {
    const here = itemOf(document.activeElement);
    if (here) return here;
    const all = items();
    return all.find((item) => item.dataset.item === at) ?? (all.length === 1 ? all[0] : null);
  }

  // From the item in focus, or from where the focus is otherwise, such as on a section that is folded.
  function step(by) {
    const all = items(), here = current() ?? document.activeElement, n = all.indexOf(here);
    const behind = (item) => here.compareDocumentPosition(item) & Node.DOCUMENT_POSITION_FOLLOWING;
    const to = n >= 0 ? all[n + by] : by > 0 ? all.find(behind) : all.findLast((item) => !behind(item)) ?? all.at(-1);
    if (to) focusOn(to);
  }

  function jump(by) {
    const sections = [...document.querySelectorAll("[data-section]")];
    const here = (current() ?? document.activeElement).closest("[data-section]");
    const to = sections[here ? sections.indexOf(here) + by : by > 0 ? 0 : sections.length - 1];
    const first = to && items().find((item) => to.contains(item));
    if (first) focusOn(first); else to?.querySelector("summary").focus();
    return sections.length > 0;
  }

  function entered(item) {
    if (!item) return;
    at = item.dataset.item;
    for (const field of document.querySelectorAll("input[name=at]")) field.value = at;
    for (const other of document.querySelectorAll("[data-item].at")) other.classList.toggle("at", other === item);
    item.classList.add("at");
  }
  document.addEventListener("focusin", (event) => entered(itemOf(event.target)));

  // ---- a new page into the old one: what has an id stays the same element, only what differs is replaced

  function morph(old, wanted) {
    if (old.isEqualNode(wanted)) return;
    if (old.nodeName !== wanted.nodeName || !wanted.querySelector?.("[id]")) { old.replaceWith(wanted); return; }
    const folded = (name) => name === "open" && old.nodeName === "DETAILS"; // as whoever reads it left it
    for (const { name } of [...old.attributes]) if (!wanted.hasAttribute(name) && !folded(name)) old.removeAttribute(name);
    for (const { name, value } of wanted.attributes) if (old.getAttribute(name) !== value && !folded(name)) old.setAttribute(name, value);
    let place = old.firstChild;
    for (const node of [...wanted.childNodes]) {
      const kept = node.id ? [...old.children].find((child) => child.id === node.id)
        : place && !place.id && place.nodeName === node.nodeName ? place : null;
      if (!kept) { old.insertBefore(node, place); continue; }
      if (kept === place) place = place.nextSibling;
      else old.insertBefore(kept, place);
      morph(kept, node);
    }
    while (place) { const gone = place; place = place.nextSibling; gone.remove(); }
  }

  function show(html, address, started) {
    const page = new DOMParser().parseFromString(html, "text/html");
    const main = page.querySelector("main");
    if (!main) { location.assign(address); return; }
    const before = document.activeElement, item = itemOf(before);
    const where = { id: item?.id, key: before?.dataset?.key, field: before?.id };
    const moved = started === null ? typing(before) : started && item && item.id !== started;
    const asked = main.querySelector("[autofocus]")?.closest("[data-item]")?.id ?? main.querySelector("[autofocus]")?.id;
    document.title = page.title;
    for (const part of ["top", "main"]) morph(document.getElementById(part), page.getElementById(part));
    const id = moved ? where.id ?? where.field : asked ?? where.id ?? where.field;
    const target = id ? document.getElementById(id) : null;
    if (target?.matches("[data-item]")) {
      const again = where.id === id && where.key ? target.querySelector(`[data-key="${CSS.escape(where.key)}"]`) : null;
      if (again) again.focus(); else focusOn(target);
    } else if (target) target.focus();
    else if (document.activeElement === document.body) document.getElementById("main").focus();
    say(page.getElementById("said"));
    watch();
  }

  function say(said) {
    const region = document.getElementById("said");
    region.className = said?.className ?? "said";
    region.textContent = "";
    const text = said?.textContent.trim() ?? "";
    if (text) setTimeout(() => { region.textContent = text; }, 20); // a live region speaks when it changes
  }

  // ---- requests

  // `started`: the item an act began at, "" for none; null when nobody did anything.
  async function ask(address, options, started, push) {
    document.documentElement.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, { credentials: "same-origin", redirect: "follow", ...options });
      show(await answer.text(), answer.url, started);
      const shown = new URL(answer.url);
      shown.searchParams.delete("at");
      if (answer.ok) history[push ? "pushState" : "replaceState"]({}, "", shown);
    } catch {
      const region = document.getElementById("said");
      region.className = "said refused";
      region.textContent = document.body.dataset.lost;
    } finally {
      document.documentElement.removeAttribute("aria-busy");
    }
  }

  const queued = (work) => (last = last.then(work, work));

  document.addEventListener("submit", (event) => {
    const form = event.target, button = event.submitter;
    if (form.method !== "post" || form.enctype === "multipart/form-data" || form.hasAttribute("data-whole")) return;
    event.preventDefault();
    const data = new FormData(form, button);
    const started = itemOf(button)?.id ?? itemOf(document.activeElement)?.id ?? "";
    if (button?.closest(".actions")) for (const box of document.querySelectorAll("[name=mark]")) box.checked = false;
    queued(() => {
      const seen = document.querySelector("input[name=based_on]");
      if (seen && data.has("based_on")) data.set("based_on", seen.value);
      return ask(form.action, { method: "POST", body: new URLSearchParams(data) }, started, false);
    });
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-swap]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    queued(() => ask(link.href, {}, "", true));
  });
  addEventListener("popstate", () => queued(() => ask(location.href, {}, "", false)));

  // While something runs in the background the page says so; it is asked again until it says no more.
  function watch() {
    clearTimeout(polling);
    if (!document.querySelector("[data-poll]")) return;
    const again = new URL(location.href);
    if (at) again.searchParams.set("at", at); // an item that is built again may come back under another name
    polling = setTimeout(() => queued(() => ask(again, {}, null, false)), 700); // nobody asked for it: the focus stays
  }

  // ---- keys

  function pressed(event) {
    const here = document.activeElement, key = event.key;
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return false;
    if (key === "Escape" && typing(here)) {
      const item = items().find((one) => one.dataset.item === at);
      if (item) focusOn(item); else here.blur();
      return true;
    }
    if (typing(here) || document.querySelector("[popover]:popover-open")) return false;
    if ((key === " " || key === "Enter") && here?.matches("button, summary, input")) return false;
    if (key === "j" || key === "k") { step(key === "j" ? 1 : -1); return true; }
    if ((key === "]" || key === "[") && jump(key === "]" ? 1 : -1)) return true;
    const item = current();
    const name = `[data-key="${CSS.escape(key)}"]`;
    const able = (element) => element && !element.disabled && !element.hidden;
    const section = (item ?? here)?.closest?.("[data-section]");
    const found = [item?.querySelector(name), section?.querySelector(name), ...[...document.querySelectorAll(name)].filter((one) => !itemOf(one))].find(able);
    if (!found) return false;
    if (found.matches("summary")) found.focus(); // what it folds may have the focus
    if (found.matches("input:not([type=checkbox]), textarea, select")) { found.focus(); found.select?.(); } else found.click();
    return true;
  }
  document.addEventListener("keydown", (event) => { if (pressed(event)) event.preventDefault(); });

  entered(itemOf(document.activeElement)); // it may have been focused before this script ran
  watch();
})();
