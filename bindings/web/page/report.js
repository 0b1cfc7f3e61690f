// The report in its frame, page by page; the address says which, so that the browser's own way back works. Its sliders
// are heard there: whoever is told of a move judges with it, has the page drawn anew around the slider, and answers.
const report_in = (frame, ask, { is_moved, is_drawn, hears_drops }) => {
  const FIRST = "index.html";
  const SLIDER = ".sliders input";
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

  const sliders = () => [...inside().querySelectorAll(SLIDER)];
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

  // Everything in `old` but `kept` gives way to what is in `fresh`, whose sliders stand where `kept` does.
  const put_around = (old, fresh, kept) => {
    const [held, children] = [[...old.children].find((child) => child.contains(kept)), [...fresh.childNodes]];
    const twin = [...fresh.children].find((child) => child.matches(".sliders") || child.querySelector(".sliders"));
    const at = twin ? children.indexOf(twin) : Math.min([...old.childNodes].indexOf(held), children.length);
    [...old.childNodes].filter((child) => child !== held).forEach((child) => child.remove());
    held.before(...children.slice(0, at));
    held.after(...children.slice(twin ? at + 1 : at));
    if (twin && held !== kept) put_around(held, twin, kept);
  };
  const parts = () => [...inside().querySelectorAll("main > section, article > section")];
  // The page that is shown is drawn in its place, around a slider that somebody holds; what was open stays open.
  const renew = (text, slider) => {
    const fresh = new DOMParser().parseFromString(text, "text/html");
    const kept = inside().contains(slider) && slider.closest(".sliders");
    const all = (selector) => [...inside().querySelectorAll(selector)];
    const [heights, open] = [parts().map((part) => part.offsetHeight), all("details").map((part) => part.open)];
    const { scrollY } = frame.contentWindow;
    const top = kept && kept.getBoundingClientRect().top;
    const [main, drawn_main] = [inside().querySelector("main"), fresh.querySelector("main")];
    if (kept) put_around(main, drawn_main, kept);
    else main.replaceChildren(...drawn_main.childNodes);
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
