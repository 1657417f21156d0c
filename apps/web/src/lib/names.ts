/** Longest name of a person or a group, in characters (code points), as the server's schemas have it. */
export const MAX_NAME = 64;

/** Whether a text is a one-line name of 1 to 64 characters once trimmed, as people and groups have. */
export function isName(value: string): boolean {
  const name = value.trim();
  return name !== "" && Array.from(name).length <= MAX_NAME && !/\p{Cc}/u.test(name);
}
