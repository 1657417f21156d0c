import { useLocation } from "react-router";

export type Section = "chats" | "contacts" | "me";

/** Which of the app's places an address belongs to. */
function sectionOf(pathname: string): Section {
  if (/^\/(contacts|u|notices)(\/|$)/.test(pathname)) return "contacts";
  if (/^\/settings(\/|$)/.test(pathname)) return "me";
  return "chats";
}

export function useSection(): Section {
  return sectionOf(useLocation().pathname);
}

/** Whether an address is the start of its place: on a phone, where the tabs are shown. */
export function isSectionRoot(pathname: string): boolean {
  return pathname === "/" || pathname === "/contacts" || pathname === "/settings";
}
