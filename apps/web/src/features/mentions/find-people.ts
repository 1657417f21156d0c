/** Somebody with what they can be found by. */
export interface Findable {
  readonly name: string;
  /** Other names: an alias, a username. */
  readonly others?: readonly string[];
}

type MatchPinyin = (text: string, query: string) => unknown;

let loading: Promise<MatchPinyin> | null = null;

/** Loads what knows how Chinese is read, when somebody first looks for a name. */
export function loadPinyin(): Promise<MatchPinyin> {
  loading ??= import("pinyin-pro").then(
    ({ match }) =>
      (text: string, query: string) =>
        match(text, query),
  );
  loading.catch(() => {
    loading = null;
  });
  return loading;
}

const LATIN = /^[a-z' ]+$/;
const HAN = /\p{Script=Han}/u;

/** How well somebody answers a query: 0 for the start of a name, 1 for a part of one, 2 for how it is read; null: not. */
function rank({ name, others = [] }: Findable, query: string, matchPinyin: MatchPinyin | null): number | null {
  const names = [name, ...others].map((each) => each.toLowerCase());
  if (names.some((each) => each.startsWith(query))) return 0;
  if (names.some((each) => each.includes(query))) return 1;
  if (matchPinyin === null || !LATIN.test(query)) return null;
  return [name, ...others].some((each) => HAN.test(each) && Boolean(matchPinyin(each, query))) ? 2 : null;
}

/** Those whom a query finds by name, alias or pinyin (whole or its first letters), the best first. Pure. */
export function findPeople<T extends Findable>(
  all: readonly T[],
  query: string,
  matchPinyin: MatchPinyin | null,
): readonly T[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === "") return all;
  const found: T[][] = [[], [], []];
  for (const person of all) {
    const place = rank(person, wanted, matchPinyin);
    if (place !== null) found[place]?.push(person);
  }
  return found.flat();
}
