// The one entry: loads the parts and brings the page that has just arrived into shape.
import { readyCharts } from "./charts.js";
import "./copy.js";
import "./exchange.js";
import "./fill.js";
import "./phrases.js";
import "./print.js";
import { answered, restoreDrafts } from "./drafts.js";
import { focusProblem } from "./forms.js";
import { restoreMenu } from "./menu.js";
import { refreshTable } from "./tables.js";
import { readyUploads } from "./upload.js";

restoreMenu();
readyUploads();
readyCharts();
answered();
restoreDrafts();
refreshTable();
focusProblem();
window.addEventListener("resize", refreshTable);
