import type { ImageContent } from "@im-webapp/protocol";
import { Download as DownloadIcon, X, ZoomIn, ZoomOut, type LucideIcon } from "lucide-react";
import { Dialog } from "radix-ui";
import { useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Lightbox, type GenericSlide, type SlotStyles, type ZoomRef } from "yet-another-react-lightbox";
import Inline from "yet-another-react-lightbox/plugins/inline";
import Zoom from "yet-another-react-lightbox/plugins/zoom";
import "yet-another-react-lightbox/styles.css";
import { useMediaQuery } from "../../lib/use-media-query.ts";
import { useDownload } from "./use-download.ts";
import { ViewerSlide } from "./viewer-slide.tsx";

declare module "yet-another-react-lightbox" {
  interface SlideTypes {
    photo: PhotoSlide;
  }
}

interface PhotoSlide extends GenericSlide {
  readonly type: "photo";
  readonly image: ImageContent;
}

const MAX_ZOOM = 8;
const PLUGINS = [Inline, Zoom];
const STYLES: SlotStyles = {
  root: { "--yarl__color_backdrop": "transparent" },
  container: { backgroundColor: "transparent" },
};

interface ToolProps {
  readonly icon: LucideIcon;
  readonly label: string;
  readonly disabled?: boolean;
  readonly onPress: () => void;
}

function Tool({ icon: Icon, label, disabled = false, onPress }: ToolProps) {
  return (
    <button
      type="button"
      title={label}
      aria-label={label}
      aria-disabled={disabled || undefined}
      className="inline-flex size-control items-center justify-center rounded-md text-on-veil transition-colors hover:bg-veil aria-disabled:opacity-40"
      onClick={() => {
        if (!disabled) onPress();
      }}
    >
      <Icon aria-hidden className="size-5" strokeWidth={1.75} />
    </button>
  );
}

interface ViewerProps {
  readonly images: readonly ImageContent[];
  /** The one that is shown first. */
  readonly index: number;
  /** What gets the focus back. */
  readonly returnTo: HTMLElement;
  readonly onClose: () => void;
}

/** Pictures over the whole screen, one after the other: zoomed by wheel, fingers or double click, left by Esc. */
export function Viewer({ images, index: start, returnTo, onClose }: ViewerProps) {
  const { t } = useTranslation();
  const [index, setIndex] = useState(start);
  const [zoom, setZoom] = useState(1);
  const tools = useRef<ZoomRef>(null);
  const isStill = useMediaQuery("(prefers-reduced-motion: reduce)");
  const slides = useMemo(() => images.map((image): PhotoSlide => ({ type: "photo", image })), [images]);
  const download = useDownload(images[index]?.fileId ?? "");
  return (
    <Dialog.Root open onOpenChange={onClose}>
      <Dialog.Portal>
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-0 z-50 flex animate-fade-in flex-col bg-viewer text-on-veil outline-none"
          onOpenAutoFocus={(event) => {
            // The arrow keys are the picture's.
            event.preventDefault();
            if (event.currentTarget instanceof HTMLElement) {
              event.currentTarget.querySelector<HTMLElement>(".yarl__container")?.focus();
            }
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            returnTo.focus();
          }}
        >
          <header className="flex items-center gap-1 px-2 pt-[calc(--spacing(2)+env(safe-area-inset-top,0px))] pb-2">
            <Dialog.Title className="figures min-w-0 flex-1 truncate pl-2 text-base font-medium">
              {t("media.viewerTitle", { index: index + 1, count: images.length })}
            </Dialog.Title>
            <Tool
              icon={ZoomOut}
              label={t("media.zoomOut")}
              disabled={zoom <= 1}
              onPress={() => tools.current?.zoomOut()}
            />
            <Tool
              icon={ZoomIn}
              label={t("media.zoomIn")}
              disabled={zoom >= MAX_ZOOM}
              onPress={() => tools.current?.zoomIn()}
            />
            <Tool icon={DownloadIcon} label={t("media.save")} onPress={() => void download.start()} />
            <Tool icon={X} label={t("common.close")} onPress={onClose} />
          </header>
          <div role="alert" className="px-4 text-center text-sm empty:hidden">
            {download.error !== null && t("media.saveFailed")}
          </div>
          <div className="min-h-0 flex-1 pb-safe-bottom">
            <Lightbox
              slides={slides}
              index={index}
              plugins={PLUGINS}
              styles={STYLES}
              toolbar={{ buttons: [] }}
              carousel={{ finite: true, preload: 1, padding: 0 }}
              animation={isStill ? { fade: 0, swipe: 0, zoom: 0 } : {}}
              zoom={{ ref: tools, supports: ["photo"], maxZoom: MAX_ZOOM, scrollToZoom: true, doubleClickMaxStops: 1 }}
              labels={{
                Previous: t("media.previous"),
                Next: t("media.next"),
                Slide: t("media.image"),
                Carousel: t("media.gallery"),
                "Photo gallery": t("media.gallery"),
                "{index} of {total}": t("media.slide", { index: "{index}", total: "{total}" }),
              }}
              render={{
                // The tools are above, where nothing covers the picture.
                buttonZoom: () => null,
                slide: ({ slide, zoom: shown = 1, offset }) =>
                  slide.type === "photo" ? (
                    <ViewerSlide image={slide.image} zoom={offset === 0 ? shown : 1} />
                  ) : undefined,
                ...(images.length < 2 && { buttonPrev: () => null, buttonNext: () => null }),
              }}
              on={{
                view: ({ index: next }) => {
                  setIndex(next);
                  setZoom(1);
                },
                zoom: ({ zoom: next }) => setZoom(next),
              }}
            />
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
