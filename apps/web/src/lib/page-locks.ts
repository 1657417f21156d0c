/**
 * Named marks that all pages of this browser see, on Web Locks: one that a page holds ends with the page, however it ends.
 * Browsers have them on HTTPS and on this machine; elsewhere nothing is held.
 */
const locks = (): LockManager | undefined => (typeof navigator === "undefined" ? undefined : navigator.locks);

/** Held while a page records from the microphone: nothing may sound then. */
export const RECORDING = "im.recording";

/** Holds a mark, beside other pages that hold it too, until the function that it gives is called. */
export function holdMark(name: string): () => void {
  return hold(name, "shared", () => undefined);
}

/** Waits to be the only page that holds `name`, and says so; until the function that it gives is called. */
export function holdAlone(name: string, onHeld: () => void): () => void {
  return hold(name, "exclusive", onHeld);
}

/** Whether any page holds it. */
export async function isHeld(name: string): Promise<boolean> {
  const { held = [] } = (await locks()?.query()) ?? {};
  return held.some((lock) => lock.name === name);
}

function hold(name: string, mode: LockMode, onHeld: () => void): () => void {
  const asked = new AbortController();
  let release = () => undefined as void;
  const released = new Promise<void>((resolve) => (release = resolve));
  locks()
    ?.request(name, { mode, signal: asked.signal }, () => {
      onHeld();
      return released;
    })
    // Given up while it waited.
    .catch(() => undefined);
  return () => {
    release();
    asked.abort();
  };
}
