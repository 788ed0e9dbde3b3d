// Sends one file in chunks to a server that remembers how far it got; goes on after a break of the net.

const WAITS = [1000, 2000, 4000, 8000, 15000, 30000];

const DISK_FULL = 507;

/**
 * A refusal that repeating by itself will not change; its message is the server's sentence. `again` tells
 * whether the person may try once somebody has put it right.
 */
export class Refusal extends Error {
  constructor(message, again = false) {
    super(message);
    this.again = again;
  }
}

const token = () => document.querySelector("meta[name=csrf-token]")?.content ?? "";

async function call(method, url, body, headers = {}) {
  const answer = await fetch(url, { method, body, headers: { "X-CSRFToken": token(), Accept: "application/json", ...headers }, credentials: "same-origin" });
  const full = answer.status === DISK_FULL;
  if ((answer.status >= 500 && !full) || answer.status === 429) throw new Error(String(answer.status));
  const data = await answer.json().catch(() => ({}));
  if (!answer.ok && answer.status !== 409) throw new Refusal(data.message ?? "", full);
  return data;
}

async function patiently(work, { onWait, signal }) {
  for (let turn = 0; ; turn += 1) {
    try {
      return await work();
    } catch (error) {
      if (error instanceof Refusal || signal.aborted || turn === WAITS.length) throw error;
      onWait();
      await pause(WAITS[turn]);
      if (signal.aborted) throw error;
    }
  }
}

// Until the time is over, or the net is back.
function pause(milliseconds) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    window.addEventListener("online", () => { clearTimeout(timer); resolve(); }, { once: true });
  });
}

/** Begins a file on the server; resolves to {id, offset, chunk}. */
export function begin(url, file, steps) {
  const form = new FormData();
  form.set("name", file.name);
  form.set("size", file.size);
  form.set("content_type", file.type);
  return patiently(() => call("POST", url, form), steps);
}

/** Sends what is missing of a file that was begun, and notes in `begun` how far it got; resolves to it. */
export async function send(address, file, begun, steps) {
  while (!begun.done) {
    const from = begun.offset;
    const part = file.slice(from, from + begun.chunk);
    Object.assign(begun, await patiently(() => (part.size ? sendPart(address, part, from) : call("GET", address)), steps));
    // A server that has every byte and still does not say "done" would be asked for ever.
    if (!part.size && !begun.done) throw new Refusal("");
    steps.onProgress(begun.offset / file.size);
    if (steps.signal.aborted) throw new Error("aborted");
  }
  return begun;
}

async function sendPart(address, part, from) {
  try {
    return await call("PUT", address, part, { "Upload-Offset": String(from), "Content-Type": "application/octet-stream" });
  } catch (error) {
    if (error instanceof Refusal) throw error;
    // The bytes may have arrived although the answer did not: ask before sending them again.
    const state = await call("GET", address);
    if (state.offset === from && !state.done) throw error;
    return state;
  }
}

export function drop(address) {
  return call("DELETE", address).catch(() => {});
}
