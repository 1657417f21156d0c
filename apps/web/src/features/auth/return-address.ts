/**
 * Where to go after signing in: the `return` of the query if it is an address of this app, otherwise its start. What
 * could lead to another site (`//host`, `/\host`) is not.
 */
export function returnAddress(search: string): string {
  const wanted = new URLSearchParams(search).get("return");
  return wanted !== null && /^\/(?![/\\])/.test(wanted) ? wanted : "/";
}
