// What is wrong with a page as it is laid out now. Runs inside the page, so it refers to nothing outside itself.
//
// A text is one line box of a text node, shrunk to where its letters are: the middle half of the height, less half a
// pixel at both sides. Two texts overlap where their shrunk boxes do.

export function inspect({ paper }) {
  const faults = [];
  const note = (what, box) => faults.push(box ? `${what}: "${box.text}"` : what);

  const texts = textBoxes();
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width) note(`wider than the window by ${document.documentElement.scrollWidth - width} px`);
  for (const text of texts) {
    if (!text.scroller && (text.right > width + 0.5 || text.left < -0.5)) note('runs out of the window', text);
    if (text.chart && leaves(text, text.chart)) note('runs out of its chart', text);
    const ratio = contrast(text);
    if (ratio < 4.5) note(`contrast ${ratio.toFixed(2)} (${text.colour} on ${text.on.join(', ')})`, text);
  }
  for (const [one, other] of overlapping(texts)) note(`"${other.text}" lies on`, one);
  if (paper) {
    for (const box of document.querySelectorAll('main *')) {
      if (box.scrollWidth > box.clientWidth + 1 && box.clientWidth > 0 && getComputedStyle(box).overflowX !== 'visible') {
        note(`cut off on paper: <${box.tagName.toLowerCase()} class="${box.className}">`);
      }
    }
  }
  return faults;

  function textBoxes() {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const owner = node.parentElement;
      const shown = { opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true };
      if (!node.data.trim() || owner.closest('title,desc,style,script') || !owner.checkVisibility(shown) || isOnlyHeard(owner)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const chart = owner.closest('svg.gw-chart')?.getBoundingClientRect();
      const scroller = owner.closest('.gw-scroll');
      for (const { left, right, top, bottom } of range.getClientRects()) {
        if (right - left < 1) continue;
        const text = node.data.trim().replace(/\s+/g, ' ').slice(0, 60);
        found.push({ text, node, owner, chart, scroller, left, right, top, bottom });
      }
    }
    return found;
  }

  // A table's head on a narrow page: clipped to nothing, and still read out.
  function isOnlyHeard(element) {
    for (let at = element; at; at = at.parentElement) {
      if (getComputedStyle(at).clipPath === 'inset(50%)') return true;
    }
    return false;
  }

  function leaves(text, frame) {
    return text.left < frame.left - 1 || text.right > frame.right + 1 || text.top < frame.top - 4 || text.bottom > frame.bottom + 4;
  }

  function overlapping(all) {
    const core = all.map((text) => {
      const quarter = (text.bottom - text.top) / 4;
      return { ...text, left: text.left + 0.5, right: text.right - 0.5, top: text.top + quarter, bottom: text.bottom - quarter };
    });
    core.sort((a, b) => a.top - b.top);
    const pairs = [];
    core.forEach((one, at) => {
      for (let next = at + 1; next < core.length && core[next].top < one.bottom; next += 1) {
        const other = core[next];
        if (other.node !== one.node && other.left < one.right && one.left < other.right) pairs.push([one, other]);
      }
    });
    return pairs;
  }

  // Contrast by WCAG 2.2 against the worst of what the text stands on.
  function contrast(text) {
    const style = getComputedStyle(text.owner);
    const isDrawn = text.owner instanceof SVGElement;
    text.colour = isDrawn ? style.fill : style.color;
    text.on = isDrawn ? drawnUnder(text, style) : painted(text.owner);
    return Math.min(...text.on.map((on) => ratio(rgba(text.colour), rgba(on))));
  }

  // A chart's text has a rim of the page's colour, or stands on the last shape that was drawn at its place.
  function drawnUnder(text, style) {
    if (style.stroke !== 'none' && parseFloat(style.strokeWidth) > 0) return [style.stroke];
    const [x, y] = [(text.left + text.right) / 2, (text.top + text.bottom) / 2];
    const shapes = [...text.owner.closest('svg.gw-chart').querySelectorAll('rect,circle,path')];
    const under = shapes.filter((shape) => {
      const box = shape.getBoundingClientRect();
      const fill = rgba(getComputedStyle(shape).fill);
      return fill && fill[3] > 0 && box.left <= x && x <= box.right && box.top <= y && y <= box.bottom;
    });
    return under.length ? [getComputedStyle(under.at(-1)).fill] : painted(text.owner.closest('.gw-chart').parentElement);
  }

  function painted(element) {
    for (let at = element; at; at = at.parentElement) {
      const style = getComputedStyle(at);
      const stops = style.backgroundImage.match(/rgba?\([^)]*\)/g);
      if (stops) return stops;
      if (rgba(style.backgroundColor)?.[3] === 1) return [style.backgroundColor];
    }
    return ['rgb(255, 255, 255)'];
  }

  function rgba(colour) {
    const parts = colour.match(/^rgba?\(([^)]*)\)$/)?.[1].split(/[ ,/]+/).map(Number);
    return parts && [parts[0], parts[1], parts[2], parts[3] ?? 1];
  }

  function ratio(one, other) {
    const light = ([red, green, blue]) =>
      [red, green, blue]
        .map((part) => part / 255)
        .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
        .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
    const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b);
    return (bright + 0.05) / (dark + 0.05);
  }
}
