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

function option(drawing, size) {
  const soft = colour("soft");
  const text = { color: soft, fontSize: size };
  return {
    animation: false,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    grid: { left: 8, right: 16, top: 40, bottom: 8, containLabel: true },
    legend: { top: 0, left: 0, itemGap: 16, itemWidth: 36, textStyle: text },
    tooltip: { trigger: "axis", renderMode: "richText", textStyle: { fontSize: size } },
    xAxis: { type: "category", data: drawing.places, axisLabel: text, axisLine: { lineStyle: { color: colour("line") } } },
    yAxis: { type: "value", minInterval: 1, axisLabel: text, splitLine: { lineStyle: { color: colour("line-soft") } } },
    series: drawing.series.map((one) => ({
      name: one.name,
      type: one.kind,
      data: one.values,
      color: colour(one.tone),
      symbolSize: 6,
      lineStyle: { width: 2, type: one.dashed ? "dashed" : "solid" },
    })),
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
