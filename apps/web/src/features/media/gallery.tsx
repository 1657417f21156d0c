import type { ImageContent } from "@im-webapp/protocol";
import { lazy, type ReactNode, Suspense, useCallback, useState } from "react";
import { GalleryContext, type OpenPicture } from "./gallery-context.ts";

const Viewer = lazy(async () => ({ default: (await import("./viewer.tsx")).Viewer }));

interface GalleryProps {
  /** In the order in which one goes from one to the next. */
  readonly images: readonly ImageContent[];
  readonly children: ReactNode;
}

interface Shown {
  readonly images: readonly ImageContent[];
  readonly index: number;
  readonly returnTo: HTMLElement;
}

/** Pictures that belong together: each inside opens the viewer at its place among them. */
export function Gallery({ images, children }: GalleryProps) {
  const [shown, setShown] = useState<Shown | null>(null);
  const open = useCallback<OpenPicture>(
    (image, returnTo) => {
      const index = images.findIndex((each) => each === image || each.fileId === image.fileId);
      setShown(index < 0 ? { images: [image], index: 0, returnTo } : { images, index, returnTo });
    },
    [images],
  );
  return (
    <GalleryContext value={open}>
      {children}
      {shown !== null && (
        <Suspense>
          <Viewer {...shown} onClose={() => setShown(null)} />
        </Suspense>
      )}
    </GalleryContext>
  );
}
