(() => {
  const clock = (s) => {
    const two = (n) => String(n).padStart(2, "0");
    const h = Math.floor(s / 3600), m = Math.floor(s / 60) % 60;
    return h ? h + ":" + two(m) + ":" + two(s % 60) : m + ":" + two(s % 60);
  };

  const reading = (plots, data, out) => {
    const all = plots.querySelectorAll(".reading");
    const count = Math.ceil(data.seconds / data.step_s);
    const zones = ["effortless", "recovery", "easy", "moderate", "hard"];
    let at = -1;
    const show = (k) => {
      at = Math.max(0, Math.min(count - 1, k));
      const x = Math.min(100, (100 * (at + 0.5) * data.step_s) / data.seconds) + "%";
      all.forEach((line) => { line.setAttribute("x1", x); line.setAttribute("x2", x); });
      const parts = [clock(at * data.step_s)];
      const beats = data.heart_rate_bpm && data.heart_rate_bpm[at];
      if (data.heart_rate_bpm) {
        const above = data.lines_bpm && data.lines_bpm.filter((line) => beats > line).length;
        parts.push(beats === null ? "no heart rate" : beats + " bpm" + (data.lines_bpm ? ", " + zones[above] : ""));
      }
      const pace = data.pace_s && data.pace_s[at];
      if (data.pace_s) parts.push(pace === null ? "standing still" : clock(pace) + data.pace_unit);
      const high = data.altitude && data.altitude[at];
      if (data.altitude && high !== null) parts.push(high + " " + data.altitude_unit);
      out.textContent = parts.join(" · ");
    };
    const hide = () => {
      at = -1;
      out.textContent = "";
      all.forEach((line) => { line.setAttribute("x1", "-9"); line.setAttribute("x2", "-9"); });
    };
    const plot = plots.querySelector(".plot");
    const follow = (event) => {
      const box = plot.getBoundingClientRect();
      const share = (event.clientX - box.left) / box.width;
      if (share >= 0 && share <= 1) show(Math.floor(share * data.seconds / data.step_s));
    };
    plots.addEventListener("pointermove", follow);
    plots.addEventListener("pointerdown", follow);
    plots.addEventListener("pointerleave", hide);
    plots.addEventListener("blur", hide);
    plots.tabIndex = 0;
    plots.setAttribute("role", "group");
    plots.setAttribute("aria-label", "Charts of the run; the arrow keys move a reading line");
    plots.addEventListener("keydown", (event) => {
      const minute = Math.max(1, Math.round(60 / data.step_s));
      const to = { ArrowRight: at + 1, ArrowLeft: at - 1, PageUp: at + minute, PageDown: at - minute, Home: 0, End: count - 1 }[event.key];
      if (event.key === "Escape") hide();
      if (to === undefined) return;
      event.preventDefault();
      show(to);
    });
  };

  const words = { kept: "✓ kept", slipped: "~ slipped", "not-recovery": "✗ not recovery", "cannot-judge": "? cannot judge" };
  const moving = (slider) => {
    const { own, verdicts } = slider.dataset;
    const looked_up = (shift) => Number(own) + shift + " bpm: " + words[verdict_at(verdicts, shift)];
    const judged = (bpm) => bpm + " bpm: " + words[Object.keys(words).find((name) => document.querySelector(".ruling." + name))];
    slider.hidden = false;
    movable(slider, slider.nextElementSibling, looked_up, judged);
  };

  const start = () => {
    document.querySelectorAll(".what-if input").forEach(moving);
    const plots = document.getElementById("plots");
    const numbers = document.getElementById("readings");
    if (plots && numbers) reading(plots, JSON.parse(numbers.textContent), document.getElementById("reading-out"));
  };
  document.addEventListener("renewed", start);
  start();
})();
