// What the browser remembers on this device. Storage may be full or forbidden: nothing may break then.

export function recall(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

export function remember(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch { /* not remembered */ }
}

export function forget(key) {
  try {
    localStorage.removeItem(key);
  } catch { /* nothing was remembered */ }
}

export function keys(prefix) {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
  } catch {
    return [];
  }
}
