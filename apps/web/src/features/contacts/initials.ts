import { useEffect, useState } from "react";

/** Under which letter a name is listed, once that is known; `#` for what begins with none. */
export type InitialOf = (name: string) => string;

const OTHER = "#";

function latinInitial(name: string): string | undefined {
  const first = name.trim().normalize("NFD").charAt(0).toUpperCase();
  return first >= "A" && first <= "Z" ? first : undefined;
}

const isHan = (name: string) => /^\s*\p{Script=Han}/u.test(name);

/** The initials of all names, Chinese ones by their pinyin, as a surname is read. Its dictionary is loaded for them alone. */
export async function loadInitials(names: readonly string[]): Promise<InitialOf> {
  if (!names.some(isHan)) return (name) => latinInitial(name) ?? OTHER;
  const { pinyin } = await import("pinyin-pro");
  const read = (name: string) => {
    const letters = pinyin(name.trim(), { pattern: "first", toneType: "none", surname: "head", type: "array" });
    return latinInitial(letters[0] ?? "") ?? OTHER;
  };
  // The list is put in order again with each name that becomes known; to read thousands of names takes a tenth of a second.
  const known = new Map<string, string>();
  return (name) => {
    const latin = latinInitial(name);
    if (latin !== undefined) return latin;
    if (!isHan(name)) return OTHER;
    const initial = known.get(name) ?? read(name);
    known.set(name, initial);
    return initial;
  };
}

/** The initials of these names; null until they are known. */
export function useInitials(names: readonly string[]): InitialOf | null {
  const [initialOf, setInitialOf] = useState<InitialOf | null>(null);
  const needsDictionary = names.some(isHan);
  useEffect(() => {
    let isCurrent = true;
    loadInitials(needsDictionary ? ["一"] : []).then(
      (loaded) => isCurrent && setInitialOf(() => loaded),
      // Offline before it was ever loaded: the list is shown without letters.
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [needsDictionary]);
  return initialOf;
}
