import type { SendableContent } from "@im-webapp/protocol";
import type { OutgoingRecord, UploadPart } from "../store/local-store.ts";
import type { SendFileInput, SendInput } from "../types.ts";

/** What the picture of a film is saved as. */
const THUMBNAIL_NAME = "thumbnail.jpg";

/** A message that has just been written, and the files that have to be at the server before it can be sent. */
export function newFileMessage(
  input: SendFileInput,
  newOutgoing: (input: SendInput) => OutgoingRecord,
): { record: OutgoingRecord; files: Blob[] } {
  const { name, file, thumbnail, width, height, conversationId, replyTo, mentions } = input;
  const files = [file, ...(thumbnail ? [thumbnail] : [])];
  const written = newOutgoing({
    conversationId,
    content: contentOf(input),
    ...(replyTo !== undefined && { replyTo }),
    ...(mentions && { mentions }),
  });
  const upload = {
    name,
    sentBytes: 0,
    totalBytes: files.reduce((sum, { size }) => sum + size, 0),
    paused: false,
    ...(width !== undefined && { width }),
    ...(height !== undefined && { height }),
  };
  return { files, record: { ...written, upload, parts: partsOf(name, files) } };
}

/** Whether a file of the message is to be uploaded now. */
export function isUploading({ parts, error, upload }: OutgoingRecord): boolean {
  return parts !== undefined && !error && !upload?.paused;
}

/** Where uploads of the message have begun that are not whole yet. */
export function begunUrls({ parts = [] }: OutgoingRecord): string[] {
  return parts.flatMap(({ url, fileId }) => (url !== undefined && fileId === undefined ? [url] : []));
}

/** The message with its upload stopped for now, or going on; as it is, where there is nothing left to upload. */
export function withPaused(record: OutgoingRecord, paused: boolean): OutgoingRecord {
  const { parts, upload } = record;
  return parts && upload && upload.paused !== paused ? { ...record, upload: { ...upload, paused } } : record;
}

/** The message, of whose file `index` this much has come to the server. */
export function withProgress(record: OutgoingRecord, index: number, bytes: number): OutgoingRecord {
  const { parts, upload } = record;
  if (!parts || !upload) return record;
  const before = parts.slice(0, index).reduce((sum, part) => sum + part.bytes, 0);
  return { ...record, upload: { ...upload, sentBytes: before + bytes } };
}

/** The message, of whose file `index` the upload has begun at `url`. */
export function withUrl(record: OutgoingRecord, index: number, url: string): OutgoingRecord {
  const { parts } = record;
  return parts?.[index] && parts[index].url !== url ? { ...record, parts: withPart(parts, index, { url }) } : record;
}

/** The message, whose file `index` is at the server; ready to be sent with the last of them. */
export function withFileId(record: OutgoingRecord, index: number, fileId: string): OutgoingRecord {
  const { parts: before, ...rest } = withProgress(record, index, record.parts?.[index]?.bytes ?? 0);
  if (!before) return record;
  const parts = withPart(before, index, { fileId });
  if (parts.some((part) => part.fileId === undefined)) return { ...rest, parts };
  const [file, thumbnail] = parts;
  const content = {
    ...record.content,
    fileId: file?.fileId,
    ...(thumbnail && { thumbnail: thumbnail.fileId }),
  } as SendableContent;
  return { ...rest, content };
}

/** The message with everything to be uploaded again: the server has dropped what no message carried. */
export function begunAgain(record: OutgoingRecord, files: readonly Blob[]): OutgoingRecord {
  const { error: _error, attempted: _attempted, upload, content, ...rest } = record;
  if (!upload) return record;
  const { thumbnail: _thumbnail, ...bare } = content as SendableContent & { thumbnail?: string };
  return {
    ...rest,
    content: { ...bare, fileId: "" } as SendableContent,
    upload: { ...upload, sentBytes: 0 },
    parts: partsOf(upload.name, files),
  };
}

function partsOf(name: string, files: readonly Blob[]): UploadPart[] {
  return files.map(({ size }, index) => ({ name: index === 0 ? name : THUMBNAIL_NAME, bytes: size }));
}

function withPart(parts: readonly UploadPart[], index: number, change: Partial<UploadPart>): UploadPart[] {
  return parts.map((part, place) => (place === index ? { ...part, ...change } : part));
}

function contentOf({ as: kind, width = 1, height = 1, durationMs = 0, waveform }: SendFileInput): SendableContent {
  const fileId = "";
  switch (kind) {
    case "image":
    case "file":
      return { kind, fileId };
    case "voice":
      return { kind, fileId, durationMs, ...(waveform && { waveform: [...waveform] }) };
    case "video":
      return { kind, fileId, width, height, durationMs };
  }
}
