// The one entry: loads the parts and brings the page that has just arrived into shape.
import "./copy.js";
import "./exchange.js";
import "./print.js";
import { answered, restoreDrafts } from "./drafts.js";
import { focusProblem } from "./forms.js";
import { restoreMenu } from "./menu.js";
import { refreshTable } from "./tables.js";
import { readyUploads } from "./upload.js";

restoreMenu();
readyUploads();
answered();
restoreDrafts();
refreshTable();
focusProblem();
window.addEventListener("resize", refreshTable);
