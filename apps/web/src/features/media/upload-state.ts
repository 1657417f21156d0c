import type { OutgoingMessage, UploadProgress } from "@im-webapp/client";

/** From this size on, in bytes, how far a file is stands in words as well; what is smaller is gone before it is read. */
const TOLD_BYTES = 1024 * 1024;

/** How much of a file has come, in whole percent. All of it is said only by what follows. */
export function percentOf({ sentBytes, totalBytes }: UploadProgress): number {
  return totalBytes === 0 ? 0 : Math.min(99, Math.floor((100 * sentBytes) / totalBytes));
}

/** Whether a message waits for its file, which is on its way or stopped for now. */
export function isUploading({ content, upload, status }: OutgoingMessage): boolean {
  return upload !== undefined && status !== "failed" && "fileId" in content && content.fileId === "";
}

/** What is said of a file that is on its way; undefined where there is nothing to say. */
export function uploadWords(
  message: OutgoingMessage,
  isOnline: boolean,
): "paused" | "waiting" | "uploading" | undefined {
  const { upload } = message;
  if (!upload || !isUploading(message)) return undefined;
  if (upload.paused) return "paused";
  if (!isOnline) return "waiting";
  return upload.totalBytes >= TOLD_BYTES ? "uploading" : undefined;
}
