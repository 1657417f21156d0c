import type { LinkEvents } from "../transport/link.ts";

/** What a link tells while it lasts. Its end is told apart, for an error has to be made anew on the other side. */
export type LastingEvents = Omit<LinkEvents, "closed">;

/** One event of a link as plain data. */
export type LinkEvent = {
  [Name in keyof LastingEvents]: { readonly name: Name; readonly payload: Parameters<LastingEvents[Name]>[0] };
}[keyof LastingEvents];

/** Tells `events` what was taken apart. */
export function deliver(events: LastingEvents, event: LinkEvent): void {
  switch (event.name) {
    case "ready":
      return events.ready(event.payload);
    case "push":
      return events.push(event.payload);
    case "groupPush":
      return events.groupPush(event.payload);
    case "typing":
      return events.typing(event.payload);
    case "presence":
      return events.presence(event.payload);
    case "revoked":
      return events.revoked(event.payload);
    case "drain":
      return events.drain(event.payload);
  }
}

/** Events that hand each on as plain data. */
export function handedTo(pass: (event: LinkEvent) => void): LastingEvents {
  return {
    ready: (payload) => pass({ name: "ready", payload }),
    push: (payload) => pass({ name: "push", payload }),
    groupPush: (payload) => pass({ name: "groupPush", payload }),
    typing: (payload) => pass({ name: "typing", payload }),
    presence: (payload) => pass({ name: "presence", payload }),
    revoked: (payload) => pass({ name: "revoked", payload }),
    drain: (payload) => pass({ name: "drain", payload }),
  };
}
