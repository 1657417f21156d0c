import type { RevokedEvent } from "@im-webapp/protocol";
import type { Dial } from "../transport/link.ts";

/** What other tabs of the session ask of this one. */
export interface TabEvents {
  /** The way to the server is another one now: connect at once. */
  redial(): void;
  /** Connect at once if the time for it has come; timers of pages in the background are late. */
  redialIfDue(): void;
  /** Another tab has changed what the store has waiting to be sent. */
  pending(): void;
  /** Another tab knows that the session has ended. */
  ended(reason: RevokedEvent["reason"]): void;
}

/** The tabs that have one session open, as one of them sees it. */
export interface Tabs {
  /** Dials the server, or joins the connection of the tab that leads. */
  readonly dial: Dial;
  /**
   * Whether this tab has the connection, and sends what any of them has to send. When that changes, the link closes
   * first.
   */
  readonly leads: boolean;
  /** From now on `events` hears of the others. */
  listen(events: TabEvents): void;
  /** Somebody looks at this tab and would not wait: the one that leads shall connect at once. */
  hurry(): void;
  /** Tells that what the store has waiting to be sent has changed. */
  changedPending(): void;
  /** Tells that the session has ended. */
  ended(reason: RevokedEvent["reason"]): void;
  /** This tab no longer shares a store with the others, and connects by itself from now on. */
  standAlone(): void;
  /** Gives the place up; nothing is heard afterwards. */
  leave(): void;
}

/** A program that shares its store with nobody. */
export function alone(dial: Dial): Tabs {
  const nothing = (): void => undefined;
  return {
    dial,
    leads: true,
    listen: nothing,
    hurry: nothing,
    changedPending: nothing,
    ended: nothing,
    standAlone: nothing,
    leave: nothing,
  };
}
