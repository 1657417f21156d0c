/** Where an invitation is shown, within the app. */
function joinPath(token: string): string {
  return `/join/${encodeURIComponent(token)}`;
}

/** The whole link, to be sent to others. */
export function joinLink(token: string): string {
  return new URL(joinPath(token), window.location.origin).href;
}
