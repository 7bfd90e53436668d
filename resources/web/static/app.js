// The page works without this file. With it, links and forms change only what is different, a search runs as
// one types, and what others do is shown at once (server-sent events).
"use strict";

(() => {
  const SEARCH_PAUSE_MS = 120;
  const TICK_MS = 60_000;
  const TOAST_MS = 60_000; // as long as it can be undone
  const GONE_AFTER_MS = 4_000;
  const PART = { "X-Part": "1" };

  // Browsers that know Trusted Types take markup through this one door only.
  const policy = window.trustedTypes
    ? window.trustedTypes.createPolicy("reception", { createHTML: (text) => text })
    : { createHTML: (text) => text };

  const parsed = (text) => new DOMParser().parseFromString(policy.createHTML(text), "text/html");

  // ------------------------------------------------------------ asking

  async function ask(address, options = {}) {
    const response = await fetch(address, { credentials: "same-origin", ...options, headers: PART });
    if (response.status === 401) {
      location.reload(); // leads to the sign-in
      throw new Error("signed out");
    }
    return response;
  }

  // Puts an element in the place of another and leaves the focus where it was.
  function swap(old, fresh) {
    const focused = old.contains(document.activeElement) ? document.activeElement.id : "";
    const said = old.dataset.say;
    old.replaceWith(fresh);
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    if (fresh.dataset.say && fresh.dataset.say !== said) say(fresh.dataset.say);
  }

  // Screen readers speak what changes in the region for it.
  function say(text) {
    document.getElementById("say").textContent = text;
  }

  // ------------------------------------------------------------ pages

  let turn = 0;

  async function go(address, options, { push = true } = {}) {
    const mine = ++turn;
    document.body.setAttribute("aria-busy", "true");
    try {
      const response = await ask(address, options);
      const page = parsed(await response.text());
      const main = page.querySelector("main");
      if (mine !== turn) return;
      if (!main) {
        location.assign(response.url);
        return;
      }
      show(page, main, response.url, push);
    } catch (error) {
      if (error.message !== "signed out") gone();
    } finally {
      if (mine === turn) document.body.removeAttribute("aria-busy");
    }
  }

  function show(page, main, url, push) {
    const focused = document.activeElement?.id;
    const isSamePage = new URL(url).pathname === location.pathname;
    const title = page.title;
    document.querySelector("main").replaceWith(document.adoptNode(main));
    for (const nav of ["header.top", "nav.tabs"]) {
      const here = document.querySelector(nav);
      const there = page.querySelector(nav);
      if (here && there) here.replaceWith(document.adoptNode(there));
      else if (Boolean(here) !== Boolean(there)) location.reload();
    }
    document.title = title;
    document.body.dataset.version = page.body.dataset.version;
    if (push && url !== location.href) history.pushState({}, "", url);
    const same = isSamePage && focused ? document.getElementById(focused) : null;
    const wanted = document.querySelector("[aria-invalid]") ?? document.querySelector("[autofocus]") ?? same;
    if (wanted) wanted.focus({ preventScroll: isSamePage });
    else document.querySelector("main").focus({ preventScroll: true });
    if (!isSamePage) scrollTo(0, 0);
    const toast = document.querySelector(".toast p");
    say(toast ? toast.textContent : title);
    settle();
  }

  const isOurs = (link) =>
    link.origin === location.origin && !link.target && !("plain" in link.dataset) && !link.hasAttribute("download");

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    const isPlainClick = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (!link || !isPlainClick || !isOurs(link) || link.getAttribute("href").startsWith("#")) return;
    event.preventDefault();
    go(link.href);
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if ("plain" in form.dataset) return;
    event.preventDefault();
    const fields = new URLSearchParams(new FormData(form, event.submitter));
    if (form.method === "get") {
      go(`${form.action}?${fields}`);
      return;
    }
    if (form.dataset.sent) return; // a second tap is not a second wish
    form.dataset.sent = "1";
    go(form.action, { method: "POST", body: fields }).finally(() => delete form.dataset.sent);
  });

  addEventListener("popstate", () => go(location.href, {}, { push: false }));

  // ------------------------------------------------------------ search as one types

  let pause = 0;
  let searched = 0;

  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-search]");
    if (!form) return;
    clearTimeout(pause);
    pause = setTimeout(() => search(form), SEARCH_PAUSE_MS);
  });

  async function search(form) {
    const mine = ++searched;
    const address = `${form.getAttribute("action")}?${new URLSearchParams(new FormData(form))}`;
    try {
      const page = parsed(await (await ask(address)).text());
      const results = page.getElementById("results");
      const old = document.getElementById("results");
      if (mine !== searched || !results || !old) return;
      document.body.dataset.version = Math.min(version(), Number(page.body.dataset.version));
      swap(old, document.adoptNode(results));
      if (location.pathname === "/colleagues") history.replaceState({}, "", address);
      listen();
    } catch (error) {
      if (error.message !== "signed out") gone();
    }
  }

  // ------------------------------------------------------------ live

  let stream = null;
  let goneTimer = 0;
  const version = () => Number(document.body.dataset.version);

  // One stream for those who are on the page; what happened since the page was made comes first.
  function listen() {
    stream?.close();
    stream = null;
    const people = [...new Set([...document.querySelectorAll("[data-live]")].map((part) => part.dataset.live))];
    if (!people.length || document.hidden) return;
    const query = new URLSearchParams(people.map((id) => ["p", id]));
    query.set("since", version());
    stream = new EventSource(`/live?${query}`);
    stream.onopen = () => {
      clearTimeout(goneTimer);
      goneTimer = 0;
      document.getElementById("gone").hidden = true;
    };
    stream.onerror = () => {
      if (!goneTimer) goneTimer = setTimeout(gone, GONE_AFTER_MS);
      if (stream?.readyState === EventSource.CLOSED) setTimeout(listen, GONE_AFTER_MS);
    };
    stream.onmessage = (event) => {
      const news = JSON.parse(event.data);
      document.body.dataset.version = news.version;
      const all = news.people.includes("*");
      for (const part of document.querySelectorAll("[data-live]")) {
        if (all || news.people.includes(part.dataset.live)) refresh(part);
      }
    };
    stream.addEventListener("signed-out", () => location.reload());
  }

  const again = new WeakMap(); // parts that are being asked for, and whether to ask once more

  async function refresh(part) {
    if (again.has(part)) {
      again.set(part, true);
      return;
    }
    again.set(part, false);
    try {
      const response = await ask(part.dataset.from);
      if (response.status === 404) {
        part.remove();
        return;
      }
      const fresh = parsed(await response.text()).getElementById(part.id);
      if (!fresh || !part.isConnected) return;
      const once = again.get(part);
      const adopted = document.adoptNode(fresh);
      swap(part, adopted);
      if (once) refresh(adopted);
    } catch (error) {
      if (error.message !== "signed out") gone();
    } finally {
      again.delete(part);
    }
  }

  function gone() {
    const sign = document.getElementById("gone");
    sign.textContent = document.body.dataset.gone;
    sign.hidden = false;
  }

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      stream?.close();
      stream = null;
    } else {
      tick();
      listen();
    }
  });

  // The mark of now moves on.
  function tick() {
    for (const part of document.querySelectorAll("[data-ticks]")) refresh(part);
  }
  setInterval(() => document.hidden || tick(), TICK_MS);

  // ------------------------------------------------------------ start

  let toastTimer = 0;

  function settle() {
    clearTimeout(toastTimer);
    const toast = document.querySelector("[data-fades]");
    if (toast) toastTimer = setTimeout(() => toast.remove(), TOAST_MS);
    listen();
  }

  settle();
})();
