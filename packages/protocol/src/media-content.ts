import { z } from "zod";
import { MAX_VIDEO_DURATION_MS, MAX_VOICE_DURATION_MS, MAX_WAVEFORM_BARS } from "./limits.ts";
import { id } from "./scalars.ts";

const pixels = z.int().min(1).max(100_000);

/** Loudness from 0 to 100 in so many stretches of equal length. */
const waveform = z.array(z.int().min(0).max(100)).max(MAX_WAVEFORM_BARS);

const voice = {
  kind: z.literal("voice"),
  fileId: id,
  durationMs: z.int().min(1).max(MAX_VOICE_DURATION_MS),
  waveform: waveform.optional(),
};

const video = {
  kind: z.literal("video"),
  fileId: id,
  width: pixels,
  height: pixels,
  durationMs: z.int().min(0).max(MAX_VIDEO_DURATION_MS),
  /** A file of its own: a picture out of it. */
  thumbnail: id.optional(),
};

/** A file that the sender may read, as a picture; the server knows what is in it. */
export const imageRequest = z.object({ kind: z.literal("image"), fileId: id });

/** A file of any kind, to be taken along. */
export const fileRequest = z.object({ kind: z.literal("file"), fileId: id });

/** Something spoken. How long it takes is what the sender's device says. */
export const voiceRequest = z.object(voice);

/** A film. Its measures and the picture of it are what the sender's device says. */
export const videoRequest = z.object(video);

/** A picture as it is carried. It is read as `thumbnail`, `preview`, or as it was uploaded. */
export const imageContent = z.object({
  kind: z.literal("image"),
  fileId: id,
  /** As it is shown: turned as the camera was held. */
  width: pixels,
  height: pixels,
  /** A blurred picture in a line of text, to be shown until the real one is there. */
  blurhash: z.string().optional(),
  /** Moves. */
  animated: z.literal(true).optional(),
  size: z.int().min(0),
});

export const fileContent = z.object({
  kind: z.literal("file"),
  fileId: id,
  name: z.string(),
  /** bytes */
  size: z.int().min(0),
  /** By what its bytes are, not by what it was called. */
  mime: z.string(),
});

export const voiceContent = z.object(voice);

export const videoContent = z.object({ ...video, /** bytes */ size: z.int().min(0) });

export type ImageContent = z.infer<typeof imageContent>;
export type FileContent = z.infer<typeof fileContent>;
export type VoiceContent = z.infer<typeof voiceContent>;
export type VideoContent = z.infer<typeof videoContent>;
export type MediaRequest = z.infer<
  typeof imageRequest | typeof fileRequest | typeof voiceRequest | typeof videoRequest
>;
export type MediaContent = ImageContent | FileContent | VoiceContent | VideoContent;
