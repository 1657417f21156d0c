import type { ImageContent } from "@im-webapp/protocol";
import { createContext, useContext } from "react";

/** Shows a picture over the whole screen, among the others that stand with it. `returnTo` gets the focus back. */
export type OpenPicture = (image: ImageContent, returnTo: HTMLElement) => void;

export const GalleryContext = createContext<OpenPicture | null>(null);

/** How a picture is opened here; null where it cannot be. */
export function useOpenPicture(): OpenPicture | null {
  return useContext(GalleryContext);
}
