// The report in its frame, page by page; the address says which, so that the browser's own way back works. Its sliders
// are heard there: whoever is told of a move judges with it, has the page drawn anew around the slider, and answers.
const report_in = (frame, ask, { is_moved, is_drawn, hears_drops }) => {
  const FIRST = "index.html";
  const SLIDERS = ".sliders";
  const IN_HAND = ".sliders, .filters, thead, #plots, #readings";
  // In bpm, either way: a page by itself only brings verdicts for 15.
  const REACH = "30";
  let shown = "";
  const inside = () => frame.contentDocument;
  const wanted = () => decodeURIComponent(location.hash.slice(1)) || FIRST;
  const wanted_page = () => wanted().split("#")[0];

  const go_to = (id) => {
    const part = inside().getElementById(id);
    if (!part) return;
    part.scrollIntoView();
    if (part.tabIndex < 0) part.tabIndex = -1;
    part.focus({ preventScroll: true });
  };
  const follow = (event) => {
    const link = event.target.closest && event.target.closest("a[href]");
    if (!link) return;
    event.preventDefault();
    const href = link.getAttribute("href");
    if (href.startsWith("#")) return go_to(href.slice(1));
    const { pathname, hash } = new URL(href, "talktest://report/" + shown);
    location.hash = "#" + pathname.replace(/^\/+(report\/)?/, "") + hash;
  };

  const sliders = () => [...inside().querySelectorAll(SLIDERS + " input")];
  const widen = () => sliders().forEach((slider) => { [slider.min, slider.max] = ["-" + REACH, REACH]; });
  const answer = (slider, bpm, problem) => slider.dispatchEvent(new CustomEvent("limit-judged", { detail: { bpm, problem } }));
  const move = (event) => {
    event.preventDefault();
    const slider = event.target;
    sliders().filter((other) => other !== slider && other.value !== "0").forEach((other) => {
      other.value = "0";
      answer(other, null);
    });
    const { limit, bpm } = event.detail;
    is_moved({ page: shown, limit, bpm }, (problem) => answer(slider, bpm, problem), slider);
  };

  // A page and its path; the first one where it is gone, as that of a run whose label was taken away.
  const page_at = async (path) => {
    try {
      return [path, await ask("page", { path })];
    } catch (error) {
      if (path === FIRST || path !== wanted_page()) throw error;
      history.replaceState(null, "", "#" + FIRST);
      return [FIRST, await ask("page", { path: FIRST })];
    }
  };
  const load = async (path, text) => {
    await new Promise((resolve) => {
      frame.addEventListener("load", resolve, { once: true });
      frame.srcdoc = text;
    });
    shown = path;
    frame.title = inside().title || "The report";
    inside().addEventListener("click", follow);
    inside().addEventListener("limit-moved", move);
    hears_drops(inside());
    widen();
    is_drawn();
    const part = wanted().split("#")[1];
    if (part) go_to(part);
  };

  // `old` becomes what `fresh` is, and what is alike stays, as laying it out again takes longest. What the page's own
  // script has taken in hand gives way as a whole. What somebody holds stays, and the rest is drawn around it.
  const become = (old, fresh, kept) => {
    if (old === kept || old.isEqualNode(fresh)) return;
    if (old.nodeName !== fresh.nodeName || (old.matches && old.matches(IN_HAND))) return old.replaceWith(fresh);
    if (!old.attributes) old.data = fresh.data;
    else {
      for (const { name } of [...old.attributes]) if (name !== "open" && !fresh.hasAttribute(name)) old.removeAttribute(name);
      for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
      children_become(old, [...old.childNodes], [...fresh.childNodes], kept);
    }
  };
  const children_become = (parent, old, fresh, kept) => {
    const held = old.findIndex((child) => child.contains(kept));
    if (held < 0) return row_becomes(parent, old, fresh, null);
    const twin = fresh.findIndex((child) => child.matches && (child.matches(SLIDERS) || child.querySelector(SLIDERS)));
    const at = twin < 0 ? Math.min(held, fresh.length) : twin;
    row_becomes(parent, old.slice(0, held), fresh.slice(0, at), old[held]);
    row_becomes(parent, old.slice(held + 1), fresh.slice(twin < 0 ? at : at + 1), null);
    if (twin >= 0) become(old[held], fresh[twin], kept);
  };
  const row_becomes = (parent, old, fresh, next) => {
    if (old.length === fresh.length) return old.forEach((child, k) => become(child, fresh[k], null));
    old.forEach((child) => child.remove());
    fresh.forEach((child) => parent.insertBefore(child, next));
  };
  const parts = () => [...inside().querySelectorAll("main > section, article > section")];
  // The page that is shown is drawn in its place, around a slider that somebody holds; what was open stays open.
  const renew = (text, slider) => {
    const fresh = new DOMParser().parseFromString(text, "text/html");
    const kept = inside().contains(slider) ? slider.closest(SLIDERS) : null;
    const all = (selector) => [...inside().querySelectorAll(selector)];
    const [heights, open] = [parts().map((part) => part.offsetHeight), all("details").map((part) => part.open)];
    const { scrollY } = frame.contentWindow;
    const top = kept && kept.getBoundingClientRect().top;
    become(inside().querySelector("main"), fresh.querySelector("main"), kept);
    all("details").forEach((part, k) => { part.open = open[k] ?? part.open; });
    // Parts out of sight are not drawn yet; the same place is found again if they are as high as before.
    parts().forEach((part, k) => { if (heights[k]) part.style.containIntrinsicHeight = heights[k] + "px"; });
    inside().dispatchEvent(new Event("renewed"));
    widen();
    frame.contentWindow.scrollTo(0, kept ? frame.contentWindow.scrollY + kept.getBoundingClientRect().top - top : scrollY);
  };

  // Draws the wanted page, in its place where it is shown already. If another one is wanted by then, that is on its way.
  const draw = async (in_place, slider = null) => {
    const [path, text] = await page_at(wanted_page());
    if (path !== wanted_page()) return;
    if (!in_place || path !== shown) return load(path, text);
    renew(text, slider);
    if (!slider) is_drawn();
  };

  return {
    /** The path of the page that is shown. */
    shown: () => shown,
    /** Shows the page of the address, or the first one. */
    show: () => draw(false),
    /** Shows the first page. */
    show_first: () => {
      if (wanted() !== FIRST) history.replaceState(null, "", "#" + FIRST);
      return draw(false);
    },
    /** Draws the page anew, around a slider where one was moved. */
    show_judged: (slider) => draw(true, slider),
  };
};
