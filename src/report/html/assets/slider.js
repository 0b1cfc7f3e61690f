"use strict";
// The verdict at a shift, of verdicts from as far below to as far above.
const verdict_at = (codes, shift) => ({ k: "kept", s: "slipped", n: "not-recovery", c: "cannot-judge" })[codes[shift + (codes.length - 1) / 2]];

// A slider moves a limit. Whoever can judge with it takes the event and answers by another one; where nobody does,
// the verdicts that the page brings are looked up.
const met = new WeakSet();
const movable = (slider, out, looked_up, judged) => {
  if (met.has(slider)) return;
  met.add(slider);
  const shift = () => Number(slider.value);
  const bpm = () => Number(slider.dataset.own) + shift();
  const show = (text) => {
    out.textContent = text;
    slider.setAttribute("aria-valuetext", text.split(":")[0]);
  };
  const look_up = () => show(looked_up(shift()));
  slider.addEventListener("input", () => {
    const detail = { limit: slider.dataset.limit, bpm: shift() === 0 ? null : bpm() };
    const is_left = slider.dispatchEvent(new CustomEvent("limit-moved", { bubbles: true, cancelable: true, detail }));
    if (is_left) look_up();
  });
  // The answer names what was asked: the slider may have been moved on since.
  slider.addEventListener("limit-judged", ({ detail: { bpm, problem } }) => {
    if (problem) show(bpm + " bpm: " + problem);
    else show(bpm === null ? looked_up(0) : judged(bpm));
  });
  // A page that is loaded again finds the slider where it was.
  if (document.readyState !== "complete") window.addEventListener("pageshow", look_up, { once: true });
  look_up();
};
