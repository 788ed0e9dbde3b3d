// Pictures of figures. The library is large: it is fetched when the first of them comes into view. Without it the
// sentence and the table that stand beside every picture say the same.
const drawn = new Map();
// Its place, not the window: the menu beside it moves after the window has its new width.
const sizes = new ResizeObserver(resized);
let library;

function fetched(address) {
  library ||= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = () => resolve(window.echarts);
    script.onerror = reject;
    document.head.append(script);
  });
  return library;
}

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

/** A band is its lower line, not seen, with the rest stacked on it and filled. */
function band(area, place) {
  const rest = area.low.map((low, n) => (low === null ? null : area.high[n] - low));
  const line = {
    name: area.name, type: "line", stack: `area-${place}`, stackStrategy: "all", color: colour(area.tone),
    symbol: "none", silent: true, connectNulls: true, lineStyle: { width: 0 }, z: 1,
  };
  return [{ ...line, data: area.low }, { ...line, data: rest, areaStyle: { opacity: .18 } }];
}

function told(drawing, items) {
  const at = items[0].dataIndex;
  const lines = items
    .filter((one) => one.seriesIndex < drawing.series.length && one.value !== undefined && one.value !== null)
    .map((one) => `${one.marker}${one.seriesName}  ${one.value}`);
  const bands = drawing.areas
    .filter((one) => one.low[at] !== null)
    .map((one) => `${one.name}  ${one.low[at]}–${one.high[at]}`);
  return [drawing.places[at], ...lines, ...bands].join("\n");
}

function option(drawing, size) {
  const soft = colour("soft");
  const text = { color: soft, fontSize: size };
  const whole = drawing.series.every((one) => one.values.every((value) => Number.isInteger(value ?? 0)));
  return {
    animation: false,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    grid: { left: 8, right: 40, top: 40, bottom: 8, containLabel: true },
    legend: {
      type: "scroll", top: 0, left: 0, itemGap: 12, itemWidth: 24, textStyle: text,
      data: [
        ...drawing.series.map((one) => ({ name: one.name })),
        ...drawing.areas.map((one) => ({ name: one.name, icon: "roundRect", itemStyle: { opacity: .3 } })),
      ],
    },
    tooltip: {
      trigger: "axis", renderMode: "richText", textStyle: { fontSize: size },
      formatter: (items) => told(drawing, items),
    },
    xAxis: { type: "category", data: drawing.places, axisLabel: text, axisLine: { lineStyle: { color: colour("line") } } },
    yAxis: { type: "value", minInterval: whole ? 1 : 0, axisLabel: text, splitLine: { lineStyle: { color: colour("line-soft") } } },
    series: [
      ...drawing.series.map((one) => ({
        name: one.name,
        type: one.kind,
        data: one.values,
        color: colour(one.tone),
        symbolSize: one.dashed ? 4 : 6,
        connectNulls: one.dashed,
        lineStyle: { width: 2, type: one.dashed ? "dashed" : "solid" },
        z: 2,
      })),
      ...drawing.areas.flatMap(band),
    ],
  };
}

async function draw(place) {
  const drawing = JSON.parse(document.getElementById(place.dataset.chart).textContent);
  const echarts = await fetched(place.dataset.library);
  const chart = echarts.init(place, null, { renderer: "svg" });
  chart.setOption(option(drawing, parseFloat(getComputedStyle(place).fontSize)));
  drawn.set(place, chart);
  sizes.observe(place);
}

/** Draws every picture of the page once it comes near the window. */
export function readyCharts() {
  const near = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      draw(target).catch(() => { target.hidden = true; });
    }
  }, { rootMargin: "200px" });
  for (const place of document.querySelectorAll("[data-chart]")) {
    place.hidden = false;
    near.observe(place);
  }
}

function resized() {
  for (const [place, chart] of drawn) {
    if (place.isConnected) chart.resize();
    else drawn.delete(place);
  }
}
window.addEventListener("beforeprint", resized);
