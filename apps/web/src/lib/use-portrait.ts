import { useState } from "react";
import { useClientState } from "@im-webapp/react";

export interface Picture {
  /** The address of the picture; undefined when there is none, or it cannot be shown. */
  readonly src: string | undefined;
  /** To be called when it cannot be loaded: an earlier picture is removed once there is another. */
  readonly onError: () => void;
}

/** The portrait of a user as known now, or the picture at `address` where the caller knows one. */
export function usePortrait(userId: string, address?: string): Picture {
  const known = useClientState(({ me, users }) => (me?.userId === userId ? me : users.get(userId))?.avatar);
  const wanted = address ?? known;
  const [broken, setBroken] = useState<string | undefined>();
  return { src: wanted === broken ? undefined : wanted, onError: () => setBroken(wanted) };
}
