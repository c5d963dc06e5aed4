/**
 * Who this tab is. The id lives in sessionStorage, so a reload goes on counting where it stopped; but a duplicated tab copies
 * sessionStorage, and then two pages would claim one id. The first holds a Web Lock named after the id for as long as it lives;
 * one that does not get the lock within a moment is a duplicate and takes a new id. (A moment, because on a reload the old page
 * may still be letting go.) Where Web Locks are missing, as on plain http, tabs ask each other over a BroadcastChannel.
 * An id that the outbox does not know is not taken up again: its count would start anew and give numbers out twice.
 */
export async function claimTab({ sessionId, storage, locks, Channel, newId, known, waitMillis = 400 }) {
  const key = `steerstudy-tab-${sessionId}`;
  const remembered = read(storage, key);
  const claim = locks
    ? (id) => holdLock(locks, `steerstudy-tab-${id}`, waitMillis)
    : (id) => askOthers(Channel, `steerstudy-tab-${sessionId}`, id, Math.min(waitMillis, 150));
  if (known.includes(remembered) && (await claim(remembered))) return { tabId: remembered, fresh: false };
  const tabId = newId();
  await claim(tabId);
  write(storage, key, tabId);
  return { tabId, fresh: true };
}

function holdLock(locks, name, waitMillis) {
  return new Promise((resolve) => {
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), waitMillis);
    const untilThePageGoes = () => {
      clearTimeout(timer);
      resolve(true);
      return new Promise(() => {});
    };
    locks.request(name, { signal: patience.signal }, untilThePageGoes).catch(() => resolve(false));
  });
}

function askOthers(Channel, name, id, waitMillis) {
  if (!Channel) return Promise.resolve(true);
  return new Promise((resolve) => {
    const channel = new Channel(name);
    let mine = false;
    const timer = setTimeout(() => {
      mine = true;
      resolve(true);
    }, waitMillis);
    channel.onmessage = ({ data }) => {
      if (data.wants === id && mine) channel.postMessage({ holds: id });
      if (data.holds === id && !mine) {
        clearTimeout(timer);
        channel.close();
        resolve(false);
      }
    };
    channel.postMessage({ wants: id });
  });
}

function read(storage, key) {
  try {
    return storage?.getItem(key) ?? null;
  } catch {
    return null;
  }
}

function write(storage, key, value) {
  try {
    storage?.setItem(key, value);
  } catch {
    // Without sessionStorage every page load is a tab of its own: nothing is lost, there are only more tabs.
  }
}
