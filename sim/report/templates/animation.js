"use strict";
// Moves what moves on the stage. Texts go in by textContent only, never as markup.
(() => {
  const film = JSON.parse(document.getElementById("film").textContent);
  const $ = (id) => document.getElementById(id);
  const [live, slider, play, clock] = ["live", "slider", "play", "clock"].map($);
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const items = [...document.querySelectorAll("#events li")];
  let part = 0, playing = false, before = 0, waited = 0;

  const between = (knots, from, to, x) => {
    let k = knots.findIndex((knot) => knot[from] >= x);
    if (k < 0) return knots[knots.length - 1][to];
    if (k === 0) return knots[0][to];
    const [a, b] = [knots[k - 1], knots[k]], length = b[from] - a[from];
    return a[to] + (length ? (x - a[from]) / length : 1) * (b[to] - a[to]);
  };
  const second = (p) => between(film.pace, 0, 1, p);
  const partOf = (s) => between(film.pace, 1, 0, s);
  const stamp = (s) =>
    new Date(Date.parse(film.clock) + 1000 * s).toISOString().slice(0, 16).replace("T", " ");

  const make = (parent, name, attributes, text) => {
    const node = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const key in attributes) node.setAttribute(key, attributes[key]);
    if (text !== undefined) node.textContent = text;
    parent.append(node);
    return node;
  };
  const inside = (box, [x, y]) =>
    box[0] <= x && x <= box[0] + box[2] && box[1] <= y && y <= box[1] + box[3];

  function signOf(look, x, y) {
    const colour = film.colours[look];
    if (look === "report") make(live, "circle", { cx: x, cy: y, r: 4.5, fill: colour });
    else if (look === "order")
      make(live, "path", { d: `M${x - 6} ${y}l6-6 6 6-6 6z`, fill: colour });
    else
      make(live, "path", { d: `M${x - 5} ${y - 5}l10 10m0-10l-10 10`, stroke: colour, "stroke-width": 2.5 });
  }

  function message([start, end, look, ways], now) {
    const done = still.matches ? 1 : Math.min(1, (now - start) / Math.max(end - start, 1));
    for (const [ax, ay, qx, qy, bx, by] of ways) {
      make(live, "path", { d: `M${ax} ${ay}Q${qx} ${qy} ${bx} ${by}`, fill: "none",
        stroke: film.colours[look], "stroke-width": 1.8, "stroke-dasharray": film.dashes[look] });
      const at = (a, q, b) => (1 - done) ** 2 * a + 2 * done * (1 - done) * q + done ** 2 * b;
      signOf(look, at(ax, qx, bx), at(ay, qy, by));
    }
  }

  function position(mover, view, now) {
    const legs = mover.legs.filter((leg) => leg[0] <= now);
    if (!legs.length) return mover.stays && mover.home ? [mover.home[view], false] : null;
    const [start, end, ways] = legs[legs.length - 1];
    if (!ways) return null;
    const way = ways[view];
    if (now > end)
      return mover.stays || legs.length < mover.legs.length ? [way[way.length - 1], false] : null;
    const long = way.slice(1).map((b, k) => Math.hypot(b[0] - way[k][0], b[1] - way[k][1]));
    let left = (long.reduce((a, b) => a + b, 0) * (now - start)) / Math.max(end - start, 1);
    for (let k = 0; k < long.length; k++) {
      if (left <= long[k] && long[k]) {
        const [a, b] = [way[k], way[k + 1]], share = left / long[k];
        return [[a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])], true];
      }
      left -= long[k];
    }
    return [way[way.length - 1], true];
  }

  function movers(view, now) {
    const there = {};
    for (const mover of film.movers) {
      const found = position(mover, view, now);
      if (!found || !inside(film.views[view], found[0])) continue;
      const [[x, y], moving] = found;
      if (view !== "scene" || !mover.number) {
        const look = { fill: moving ? film.colours.supply : "#fff", stroke: film.colours.supply };
        if (!mover.supply) make(live, "circle", { cx: x, cy: y, r: 3.2, ...look });
        else make(live, "rect", { x: x - 3.2, y: y - 3.2, width: 6.4, height: 6.4, ...look });
        continue;
      }
      const spot = `${Math.round(x / 9)} ${Math.round(y / 9)}`, k = (there[spot] = (there[spot] ?? -1) + 1);
      const [cx, cy] = [x + 15 * (k % 4), y + (moving ? 0 : 13) + 15 * Math.floor(k / 4)];
      make(live, "circle", { cx, cy, r: 7.5, fill: moving ? film.colours.moving : "#fff", stroke: "#000" });
      make(live, "text", { x: cx, y: cy + 3.2, "font-size": 9, "text-anchor": "middle" }, mover.number);
    }
  }

  function words(now) {
    make(live, "text", { x: 1266, y: 34, "font-size": 21, "text-anchor": "end" }, stamp(now));
    const [left, top, width, height] = film.box;
    const told = film.captions.filter((caption) => caption[0] <= now).slice(-12).reverse();
    const room = Math.floor((width - 84) / 5.6), lines = (text) => {
      const size = (part) => [...part].reduce((n, sign) => n + (sign > "\u2e7f" ? 2 : 1), 0);
      const out = [""];
      for (const part of text.match(/\s*(?:[!-\u2e7f]+|\S)/gu) || []) { // words; wide signs singly
        const last = out[out.length - 1];
        if (!last || size(last + part) <= room || "，。、；：）)".includes(part)) out[out.length - 1] += part;
        else out.push(part.trimStart());
      }
      return out;
    };
    let y = top + 16;
    told.every(([, time, text], k) => {
      const shown = lines(text), fill = k ? "#5c6670" : "#000";
      if (y + 14 * (shown.length - 1) > top + height) return false;
      make(live, "text", { x: left, y, "font-size": 10.5, fill }, time);
      for (const line of shown) {
        make(live, "text", { x: left + 80, y, "font-size": 10.5, fill }, line);
        y += 14;
      }
      return (y += 5);
    });
  }

  function draw() {
    const now = second(part), gone = second(Math.max(0, part - film.fade));
    live.replaceChildren();
    words(now);
    for (const [start, end, text, x, y, width] of film.doing)
      if (start <= now && now < end) {
        const node = make(live, "text", { x, y, "font-size": 9.5, fill: film.colours.doing }, text);
        if (node.getComputedTextLength() > width) {
          node.setAttribute("textLength", width);
          node.setAttribute("lengthAdjust", "spacingAndGlyphs");
        }
      }
    for (const [begin, end, slowed, [ax, ay, bx, by]] of film.closings)
      if (begin <= now && (end === null || now < end)) {
        const [x, y] = [(ax + bx) / 2, (ay + by) / 2];
        if (slowed) {
          make(live, "path", { d: `M${x - 6} ${y - 5}h12l-6 11z`, fill: "#fff", stroke: "#000", "stroke-width": 1.6 });
          continue;
        }
        make(live, "path", { d: `M${ax} ${ay}L${bx} ${by}`, stroke: film.colours.closed, "stroke-width": 4 });
        make(live, "path", { d: `M${x - 6} ${y - 6}l12 12m0-12l-12 12`, stroke: "#000", "stroke-width": 3 });
      }
    for (const [time, x, y, view] of film.sites)
      if (time <= now && inside(film.views[view], [x, y])) {
        const r = view === "scene" ? 10 : 6, points = [...Array(10).keys()].map((k) =>
          `${x + r * (k % 2 ? 0.4 : 1) * Math.sin((k * Math.PI) / 5)},${y - r * (k % 2 ? 0.4 : 1) * Math.cos((k * Math.PI) / 5)}`);
        make(live, "polygon", { points: points.join(" "), fill: film.colours.closed, stroke: "#fff" });
      }
    for (const one of film.messages) if (one[0] <= now && gone <= Math.max(one[0], one[1])) message(one, now);
    for (const view in film.views) movers(view, now);
    clock.textContent = stamp(now);
    slider.value = Math.round(1000 * part);
    slider.setAttribute("aria-valuetext", stamp(now));
    const current = film.captions.filter((caption) => caption[0] <= now + 0.5).length - 1;
    items.forEach((item, k) => item.classList.toggle("now", k === current));
    const list = $("events"), item = items[Math.max(current, 0)];
    if (item && (item.offsetTop < list.scrollTop || item.offsetTop + item.offsetHeight > list.scrollTop + list.clientHeight))
      list.scrollTop = item.offsetTop - list.clientHeight / 3;
  }

  const seek = (p) => { part = Math.min(1, Math.max(0, p)); draw(); };
  const event = (step) => {
    const now = second(part), times = film.captions.map((caption) => caption[0]);
    const next = step > 0 ? times.find((x) => x > now + 0.5) : times.findLast((x) => x < now - 0.5);
    if (next !== undefined) seek(partOf(next));
    return next !== undefined;
  };
  const run = (on) => {
    playing = on;
    if (on && part >= 1) part = 0;
    play.textContent = on ? `⏸ ${film.words.pause}` : `▶ ${film.words.play}`;
    before = waited = 0;
    if (on) requestAnimationFrame(frame);
  };
  function frame(time) {
    if (!playing) return;
    const passed = before ? (time - before) * Number($("speed").value) : 0;
    before = time;
    if (still.matches) {
      if ((waited += passed) > 2000) { waited = 0; if (!event(1)) { seek(1); run(false); } }
    } else {
      seek(part + passed / (1000 * film.seconds));
      if (part >= 1) run(false);
    }
    if (playing) requestAnimationFrame(frame);
  }

  const keys = { " ": () => run(!playing), n: () => event(1), p: () => event(-1),
    ArrowRight: () => seek(part + 0.01), ArrowLeft: () => seek(part - 0.01),
    Home: () => seek(0), End: () => seek(1) };
  addEventListener("keydown", (press) => {
    const act = keys[press.key.length === 1 ? press.key.toLowerCase() : press.key];
    const own = press.target.closest("button, select") && press.key === " ";
    if (!act || own || press.ctrlKey || press.metaKey || press.altKey || press.target.closest("select")) return;
    press.preventDefault();
    act();
  });
  play.addEventListener("click", () => run(!playing));
  $("back").addEventListener("click", () => event(-1));
  $("next").addEventListener("click", () => event(1));
  slider.addEventListener("input", () => seek(slider.value / 1000));
  const jump = () => {
    const k = Number(location.hash.slice(2)) - 1;
    if (location.hash[1] === "e" && film.captions[k]) { run(false); seek(partOf(film.captions[k][0])); }
  };
  addEventListener("hashchange", jump);
  $("still-note").hidden = !still.matches;
  draw();
  jump();
})();
