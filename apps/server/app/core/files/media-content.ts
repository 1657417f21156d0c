import type { FileKind, MediaContent, MediaRequest, SendableContent, UserId } from "@im-webapp/protocol";
import { ImError } from "../shared/errors.ts";
import { type FileWish, fileKey } from "../timeline/facts.ts";
import type { Stage } from "../timeline/stage.ts";
import type { StoredFile } from "./ports.ts";

const MEDIA: readonly string[] = ["image", "file", "voice", "video"] satisfies MediaRequest["kind"][];

export function isMediaRequest(content: SendableContent): content is MediaRequest {
  return MEDIA.includes(content.kind);
}

/**
 * What a message with a file carries: what the file is says the server, and how long it plays the sender.
 *
 * @throws {ImError} `NOT_FOUND` for a file that the sender may not read, `BAD_REQUEST` for one that is not of that kind
 */
export function mediaContent(stage: Stage, senderId: UserId, content: MediaRequest): MediaContent {
  const file = readableFile(stage, { fileId: content.fileId, userId: senderId });
  const { fileId, name, size, mime, width, height, blurhash, animated } = file;
  switch (content.kind) {
    case "file":
      return { kind: "file", fileId, name, size, mime };
    case "image":
      requireKind(file, ["image"]);
      return {
        kind: "image",
        fileId,
        width: width ?? 1,
        height: height ?? 1,
        ...(blurhash !== undefined && { blurhash }),
        ...(animated && { animated }),
        size,
      };
    case "voice":
      // A recording in WebM or MP4 cannot be told from a film without reading all of it.
      requireKind(file, ["audio", "video"]);
      return content;
    case "video":
      requireKind(file, ["video"]);
      if (content.thumbnail !== undefined) {
        requireKind(readableFile(stage, { fileId: content.thumbnail, userId: senderId }), ["image"]);
      }
      return { ...content, size };
  }
}

function readableFile(stage: Stage, wish: FileWish): StoredFile {
  const file = stage.facts.files.get(fileKey(wish));
  if (!file) throw new ImError("NOT_FOUND", `there is no file ${wish.fileId} that you may read`);
  return file;
}

function requireKind({ fileId, kind }: StoredFile, allowed: readonly FileKind[]): void {
  if (!allowed.includes(kind)) {
    throw new ImError("BAD_REQUEST", `file ${fileId} is of the kind ${kind}`, { details: { kind } });
  }
}
