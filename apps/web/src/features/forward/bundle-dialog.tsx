import { ArrowLeft } from "lucide-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { fullLabel, momentLabel } from "../../lib/time.ts";
import { useNow } from "../../lib/use-now.ts";
import { useTimeStyle } from "../../lib/use-time-style.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { TextButton } from "../../ui/text-button.tsx";
import { RichText } from "../rich-text/rich-text.tsx";
import { Gallery } from "../media/gallery.tsx";
import { mediaContent } from "../media/media-content.tsx";
import { useContentText } from "../conversation/content-text.ts";
import type { Bundle, BundleItem } from "./bundle.ts";
import { bundleTitle } from "./bundle-title.ts";
import { CardBody } from "./card-body.tsx";
import { LocationBody } from "./location-body.tsx";

interface ItemProps {
  readonly item: BundleItem;
  readonly onOpen: (bundle: Bundle) => void;
}

function ItemBody({ item: { content }, onOpen }: ItemProps) {
  const { t } = useTranslation();
  const contentText = useContentText();
  switch (content.kind) {
    case "text":
      return <RichText text={content.text} />;
    case "card":
      return <CardBody card={content} />;
    case "location":
      return <LocationBody location={content} />;
    case "forward":
      return (
        <TextButton className="max-w-full truncate" onClick={() => onOpen(content)}>
          {bundleTitle(content.items, t)}
        </TextButton>
      );
    default:
      return mediaContent(content) ?? <span className="text-ink-muted">{contentText(content)}</span>;
  }
}

function Item(props: ItemProps) {
  const { senderId, senderName, sentAt } = props.item;
  const style = useTimeStyle();
  const now = useNow();
  return (
    <li className="flex gap-3 px-5 py-3">
      <Avatar id={senderId} name={senderName} className="size-8 shrink-0" />
      <div className="flex min-w-0 flex-1 flex-col gap-0.5">
        <p className="flex items-baseline gap-2">
          <span className="min-w-0 flex-1 truncate text-sm font-medium">{senderName}</span>
          <time
            dateTime={new Date(sentAt).toISOString()}
            title={fullLabel(sentAt, style)}
            className="figures shrink-0 text-xs text-ink-muted"
          >
            {momentLabel(sentAt, now, style)}
          </time>
        </p>
        <div className="text-message wrap-break-word">
          <ItemBody {...props} />
        </div>
      </div>
    </li>
  );
}

/** Reads a record of messages; one within it opens in the same window, with a way back. */
export function BundleDialog({ bundle, onClose }: { readonly bundle: Bundle; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState<readonly Bundle[]>([bundle]);
  const shown = opened.at(-1) ?? bundle;
  const images = useMemo(
    () => shown.items.map(({ content }) => content).filter((content) => content.kind === "image"),
    [shown],
  );
  return (
    <Dialog open onOpenChange={onClose} title={bundleTitle(shown.items, t)}>
      {opened.length > 1 && (
        <p className="px-4 pb-1">
          <TextButton className="inline-flex items-center gap-1" onClick={() => setOpened((held) => held.slice(0, -1))}>
            <ArrowLeft aria-hidden className="size-4" />
            {t("forward.backToOuter")}
          </TextButton>
        </p>
      )}
      <ul key={opened.length} className="scroll-pane min-h-40 flex-1 divide-y divide-line pb-3">
        <Gallery images={images}>
          {shown.items.map((item, index) => (
            <Item key={index} item={item} onOpen={(inner) => setOpened((held) => [...held, inner])} />
          ))}
        </Gallery>
      </ul>
    </Dialog>
  );
}
