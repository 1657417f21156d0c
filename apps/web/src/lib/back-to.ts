/** What goes with an address that several places lead to, so that the way back on a phone leads to the one it was. */
export function backTo(path: string): { readonly backTo: string } {
  return { backTo: path };
}

/** Where one came from, of what has come with an address; `otherwise` where that is not known. */
export function cameFrom(state: unknown, otherwise: string): string {
  if (typeof state !== "object" || state === null || !("backTo" in state)) return otherwise;
  return typeof state.backTo === "string" ? state.backTo : otherwise;
}
