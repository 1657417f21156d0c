import { useState } from "react";
import { useClient } from "@im-webapp/react";

interface Download {
  readonly isAsking: boolean;
  /** Why it did not begin; null while nothing is wrong. */
  readonly error: unknown;
  readonly start: () => Promise<void>;
}

/** Saves a file on the device under its name: the browser fetches it by itself, in the background. */
export function useDownload(fileId: string): Download {
  const client = useClient();
  const [state, setState] = useState<{ isAsking: boolean; error: unknown }>({ isAsking: false, error: null });
  const start = async () => {
    setState({ isAsking: true, error: null });
    try {
      const { url } = await client.files.link(fileId, { download: true });
      const anchor = document.createElement("a");
      anchor.href = url;
      // The name is the one that the server gives; without the attribute a refusal would replace the page.
      anchor.download = "";
      anchor.click();
      setState({ isAsking: false, error: null });
    } catch (error) {
      setState({ isAsking: false, error });
    }
  };
  return { ...state, start };
}
