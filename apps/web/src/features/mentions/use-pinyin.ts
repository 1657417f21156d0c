import { useEffect, useState } from "react";
import { loadPinyin } from "./find-people.ts";

type MatchPinyin = Awaited<ReturnType<typeof loadPinyin>>;

/** How Chinese names are read, loaded once `isWanted`; null until then. */
export function usePinyin(isWanted: boolean): MatchPinyin | null {
  const [match, setMatch] = useState<{ readonly pinyin: MatchPinyin } | null>(null);
  useEffect(() => {
    if (!isWanted) return undefined;
    let isCurrent = true;
    loadPinyin().then(
      (pinyin) => {
        if (isCurrent) setMatch({ pinyin });
      },
      // Names are found by their characters all the same.
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [isWanted]);
  return match?.pinyin ?? null;
}
