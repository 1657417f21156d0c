import type { OutgoingMessage, UploadProgress } from "@im-webapp/client";
import { useClient } from "@im-webapp/react";
import { Film } from "lucide-react";
import { useTranslation } from "react-i18next";
import { FileFace } from "./file-body.tsx";
import { fitSize } from "./fit-size.ts";
import { Picture } from "./picture.tsx";
import { durationText, sizeText } from "./size-text.ts";
import { stillVariant } from "./still-variant.ts";
import { UploadDial } from "./upload-dial.tsx";
import { isUploading } from "./upload-state.ts";
import { useHandedOver, useLocalFile } from "./use-file.ts";
import { VoiceBody } from "./voice-body.tsx";

/** A picture of at most so many bytes goes on being shown as it is; of a larger one the server's small form saves memory. */
const MAX_HANDED_BYTES = 2 * 1024 * 1024;

interface Sending extends OutgoingMessage {
  readonly upload: UploadProgress;
}

/** Whether a message carries a file of this device, which is shown from here until the server has it. */
export function isOutgoingMedia(message: OutgoingMessage): message is Sending {
  return message.upload !== undefined;
}

/** Whether it fills its bubble. */
export function isOutgoingPicture({ content }: OutgoingMessage): boolean {
  return content.kind === "image" || content.kind === "video";
}

/** What the picture is called at the server, as the message will ask for it. */
function handedOver({ content, upload }: Sending) {
  if (content.kind === "video") return { fileId: content.thumbnail, variant: "thumbnail" } as const;
  const isSmall = content.kind === "image" && upload.totalBytes <= MAX_HANDED_BYTES;
  return { fileId: isSmall ? content.fileId : undefined, variant: stillVariant() };
}

/** A picture or a film that is on its way, as it will be in the conversation. */
function OutgoingPicture({ message }: { readonly message: Sending }) {
  const { t } = useTranslation();
  const { clientMessageId, content, upload } = message;
  const isFilm = content.kind === "video";
  const { held, retry } = useLocalFile(clientMessageId, isFilm ? "thumbnail" : "file");
  useHandedOver(clientMessageId, isFilm ? "thumbnail" : "file", handedOver(message));
  const { width = 1, height = 1 } = upload;
  const dial = isUploading(message) && (
    <span className="absolute inset-0 flex items-center justify-center">
      <UploadDial clientMessageId={clientMessageId} upload={upload} on="picture" />
    </span>
  );
  const duration = isFilm && (
    <span className="figures absolute top-2 left-2 rounded-full bg-veil px-2 text-xs text-on-veil">
      {durationText(content.durationMs)}
    </span>
  );
  const room = fitSize({ width, height });
  if (isFilm && held.status === "failed") {
    // A film of which this browser could make no picture.
    return (
      <span
        className="relative flex max-w-full items-center justify-center rounded-md bg-pressed"
        style={{ width: room.width, aspectRatio: `${room.width} / ${room.height}` }}
      >
        <Film aria-label={t("media.video")} className="size-8 text-ink-muted" strokeWidth={1.5} />
        {duration}
        {dial}
      </span>
    );
  }
  const alt = t(isFilm ? "media.filmAlt" : "media.pictureAlt", { width, height });
  return (
    <Picture held={held} retry={retry} alt={alt} room={room}>
      {duration}
      {dial}
    </Picture>
  );
}

/** A file that is on its way: its name, and how much of it has come. */
function OutgoingFile({ message }: { readonly message: Sending }) {
  const { clientMessageId, upload } = message;
  const { name, sentBytes, totalBytes } = upload;
  const isOnItsWay = isUploading(message);
  return (
    <div className="flex w-56 max-w-full items-center gap-3 py-1 sm:w-64">
      {isOnItsWay ? (
        <>
          <UploadDial clientMessageId={clientMessageId} upload={upload} on="bubble" />
          <span className="flex min-w-0 flex-1 flex-col text-left">
            <span title={name} className="line-clamp-2 font-medium wrap-anywhere text-ink">
              {name}
            </span>
            <span className="figures text-xs text-ink-muted">
              {sizeText(sentBytes)} / {sizeText(totalBytes)}
            </span>
          </span>
        </>
      ) : (
        <FileFace name={name} size={totalBytes} />
      )}
    </div>
  );
}

/** What a message shows that carries a file of this device, from the file itself. */
export function OutgoingMedia({ message }: { readonly message: Sending }) {
  const client = useClient();
  const { clientMessageId, content, upload } = message;
  if (isOutgoingPicture(message)) return <OutgoingPicture message={message} />;
  if (content.kind !== "voice") return <OutgoingFile message={message} />;
  const read = async () => {
    const sound = await client.files.local(clientMessageId);
    if (!sound) throw Object.assign(new Error("The sound is no longer here"), { code: "NOT_FOUND" });
    return sound;
  };
  return (
    <div className="flex max-w-full items-center gap-2">
      <VoiceBody voice={{ ...content, fileId: clientMessageId }} read={read} />
      {isUploading(message) && upload.paused && (
        <UploadDial clientMessageId={clientMessageId} upload={upload} on="bubble" />
      )}
    </div>
  );
}
