import type { Content, EpochMs, SendableContent } from "@im-webapp/protocol";
import type { ReactNode } from "react";
import type { BundleContent } from "../forward/bundle.ts";
import { FileBody } from "./file-body.tsx";
import { ImageBody } from "./image-body.tsx";
import { VideoBody } from "./video-body.tsx";
import { VoiceBody } from "./voice-body.tsx";

type AnyContent = Content | SendableContent | BundleContent;

/**
 * What a bubble shows of a picture, a file, a film or something spoken; undefined for any other content. `receivedAt` says
 * when somebody else sent it.
 */
export function mediaContent(content: AnyContent, receivedAt?: EpochMs): ReactNode {
  switch (content.kind) {
    case "image":
      // Without its measures it is still to be sent, and only its id is known.
      return "width" in content ? <ImageBody image={content} /> : undefined;
    case "file":
      return "name" in content ? <FileBody {...content} /> : undefined;
    case "voice":
      return <VoiceBody voice={content} receivedAt={receivedAt} />;
    case "video":
      return "size" in content ? <VideoBody video={content} /> : undefined;
    default:
      return undefined;
  }
}

/** Whether it fills its bubble, with what is said of it on top: a picture or a film that the server has. */
export function isPicture(content: AnyContent): boolean {
  return (content.kind === "image" || content.kind === "video") && "size" in content;
}
