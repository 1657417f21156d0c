import type { UserId } from "@im-webapp/protocol";
import { reportFault } from "../platform/report-fault.ts";
import type { Dial } from "../transport/link.ts";
import type { TabPlatform } from "./tab-group.ts";
import { alone } from "./tabs.ts";
import type { Tabs } from "./tabs.ts";

/** Of what tabs tell each other. Tabs of another version are another group, with a connection of their own. */
const TABS_VERSION = 1;

/** How much of a token tells sessions apart; a part of it, for names are shown in developers' tools. */
const SESSION_MARK_LENGTH = 8;

export interface SessionOfTabs {
  readonly origin: string;
  readonly userId: UserId;
  readonly token: string;
}

/**
 * Joins the other tabs that have this session open, where the browser can tell them of each other: Web Locks need a
 * page from `https` or from this machine. Elsewhere each tab connects by itself.
 */
export async function joinTabs({ origin, userId, token }: SessionOfTabs, dial: Dial): Promise<Tabs> {
  const platform = tabPlatform();
  if (!platform) return alone(dial);
  const name = `im-webapp tabs ${TABS_VERSION} ${origin} ${userId} ${token.slice(-SESSION_MARK_LENGTH)}`;
  try {
    // Only pages need it, so only they load it.
    const { TabGroup } = await import("./tab-group.ts");
    return await TabGroup.join(name, dial, platform, reportFault);
  } catch (error) {
    reportFault(error);
    return alone(dial);
  }
}

function tabPlatform(): TabPlatform | null {
  if (typeof navigator === "undefined" || typeof BroadcastChannel === "undefined") return null;
  // Missing where the page is not secure, whatever the types say.
  const { locks } = navigator as Partial<Navigator>;
  return locks ? { locks, broadcast: (name) => new BroadcastChannel(name) } : null;
}
