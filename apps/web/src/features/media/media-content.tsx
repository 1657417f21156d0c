import type { OutgoingMessage } from "@im-webapp/client";
import type { Content, SendableContent } from "@im-webapp/protocol";
import type { ReactNode } from "react";
import type { BundleContent } from "../forward/bundle.ts";
import { FileBody, FileFace } from "./file-body.tsx";
import { ImageBody } from "./image-body.tsx";
import { LocalPicture } from "./local-picture.tsx";
import { VideoBody } from "./video-body.tsx";
import { VoiceBody, VoiceFace } from "./voice-body.tsx";

type AnyContent = Content | SendableContent | BundleContent;

/** What is on its way: shown from this device, and not to be opened yet. */
function uploading(content: AnyContent, { file, name, size }: NonNullable<OutgoingMessage["upload"]>): ReactNode {
  switch (content.kind) {
    case "image":
      return <LocalPicture file={file} />;
    case "voice":
      return (
        <div className="flex h-9 max-w-full items-center gap-2">
          <VoiceFace voice={content} progress={0} at={content.durationMs} />
        </div>
      );
    case "video":
    case "file":
      return (
        <div className="flex w-56 max-w-full sm:w-64 items-center gap-3 py-1">
          <FileFace name={name} size={size} mime={file?.type} />
        </div>
      );
    default:
      return undefined;
  }
}

/** What a bubble shows of a picture, a file, a film or something spoken; undefined for any other content. */
export function mediaContent(content: AnyContent, upload?: OutgoingMessage["upload"]): ReactNode {
  if (upload !== undefined) return uploading(content, upload);
  switch (content.kind) {
    case "image":
      // Without its measures it is still to be sent, and only its id is known.
      return "width" in content ? <ImageBody image={content} /> : undefined;
    case "file":
      return "name" in content ? <FileBody {...content} /> : undefined;
    case "voice":
      return <VoiceBody voice={content} />;
    case "video":
      return "size" in content ? <VideoBody video={content} /> : undefined;
    default:
      return undefined;
  }
}

/** Whether it fills its bubble, with what is said of it on top. */
export function isPicture({ kind }: AnyContent): boolean {
  return kind === "image" || kind === "video";
}
