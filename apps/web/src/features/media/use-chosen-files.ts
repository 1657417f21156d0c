import { useCallback, useState } from "react";
import { type ChosenFile, MAX_CHOSEN, shapeOf } from "./chosen-file.ts";

let made = 0;

interface ChosenFiles {
  readonly chosen: readonly ChosenFile[];
  /** Whether more were handed over than are sent at once. */
  readonly isCut: boolean;
  readonly add: (files: readonly File[]) => void;
  readonly remove: (id: string) => void;
  readonly clear: () => void;
}

/** The files that somebody is about to send, in the order chosen; each is read by itself. */
export function useChosenFiles(): ChosenFiles {
  const [chosen, setChosen] = useState<readonly ChosenFile[]>([]);
  const [isCut, setCut] = useState(false);
  const add = useCallback((files: readonly File[]) => {
    const added = files.map((file): ChosenFile => {
      made += 1;
      return { id: `chosen-${made}`, file, shape: undefined };
    });
    setChosen((held) => {
      const next = [...held, ...added];
      setCut(next.length > MAX_CHOSEN);
      return next.slice(0, MAX_CHOSEN);
    });
    for (const { id, file } of added.slice(0, MAX_CHOSEN)) {
      // It always resolves: what cannot be read is a file.
      void shapeOf(file).then((shape) =>
        setChosen((held) => held.map((each) => (each.id === id ? { ...each, shape } : each))),
      );
    }
  }, []);
  const remove = useCallback((id: string) => {
    setCut(false);
    setChosen((held) => held.filter((each) => each.id !== id));
  }, []);
  const clear = useCallback(() => {
    setCut(false);
    setChosen([]);
  }, []);
  return { chosen, isCut, add, remove, clear };
}
