import type { Size } from "./fit-size.ts";

/** How a chosen file can be shown in the conversation; what can be neither is sent as a file. */
export type Shape =
  | ({ readonly as: "image" } & Size)
  | ({ readonly as: "video"; readonly durationMs: number; readonly thumbnail: Blob | undefined } & Size)
  | { readonly as: "file" };

/** A file that somebody is about to send. */
export interface ChosenFile {
  readonly id: string;
  readonly file: File;
  /** Undefined while it is being read. */
  readonly shape: Shape | undefined;
}

/** Most files that are sent at once. */
export const MAX_CHOSEN = 50;

/** What servers take as a picture and browsers show; anything else that is called one goes as a file. */
const PICTURES: ReadonlySet<string> = new Set(["image/jpeg", "image/png", "image/webp", "image/gif", "image/avif"]);
const FILMS: ReadonlySet<string> = new Set(["video/mp4", "video/webm", "video/quicktime"]);

/** How long a film may take until its first picture is there, in milliseconds; then it goes as a file. */
const FILM_TIMEOUT_MS = 10_000;

/** The longest side of the picture that stands for a film, in pixels. */
const THUMBNAIL_SIDE = 640;

/** Where in a film its picture is taken, in seconds: the very first is often black. */
const THUMBNAIL_AT_S = 0.5;

/** A place in a film that no film has, in seconds. */
const BEYOND_ANY_END_S = 10_000_000;

const AS_FILE: Shape = { as: "file" };

async function pictureShape(file: File): Promise<Shape> {
  const bitmap = await createImageBitmap(file);
  const { width, height } = bitmap;
  bitmap.close();
  return { as: "image", width, height };
}

/** Resolves with the next event of a name; rejects at an error of the film, and when it takes too long. */
function nextEvent(video: HTMLVideoElement, name: "loadeddata" | "seeked"): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = AbortSignal.timeout(FILM_TIMEOUT_MS);
    video.addEventListener(name, () => resolve(), { once: true, signal: end });
    video.addEventListener("error", () => reject(new Error("the film cannot be played")), { once: true, signal: end });
    end.addEventListener("abort", () => reject(new Error("the film takes too long")));
  });
}

function frameOf(video: HTMLVideoElement): Promise<Blob | undefined> {
  const { videoWidth, videoHeight } = video;
  const scale = Math.min(1, THUMBNAIL_SIDE / Math.max(videoWidth, videoHeight));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(videoWidth * scale));
  canvas.height = Math.max(1, Math.round(videoHeight * scale));
  canvas.getContext("2d")?.drawImage(video, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? undefined), "image/jpeg", 0.8));
}

/** How long a film is, in seconds. What a browser has recorded says so only to who has been at its end. */
async function lengthOf(video: HTMLVideoElement): Promise<number> {
  if (Number.isFinite(video.duration)) return video.duration;
  const isThere = nextEvent(video, "seeked");
  video.currentTime = BEYOND_ANY_END_S;
  await isThere;
  return video.duration;
}

async function filmShape(file: File): Promise<Shape> {
  const url = URL.createObjectURL(file);
  const video = document.createElement("video");
  try {
    video.muted = true;
    video.preload = "auto";
    const isLoaded = nextEvent(video, "loadeddata");
    video.src = url;
    await isLoaded;
    const { videoWidth: width, videoHeight: height } = video;
    // A film without pictures is a sound.
    if (width === 0 || height === 0) return AS_FILE;
    const duration = await lengthOf(video);
    if (Number.isFinite(duration)) {
      const isThere = nextEvent(video, "seeked");
      video.currentTime = Math.min(THUMBNAIL_AT_S, duration / 2);
      await isThere;
    }
    const durationMs = Number.isFinite(duration) ? Math.round(duration * 1_000) : 0;
    return { as: "video", width, height, durationMs, thumbnail: await frameOf(video) };
  } finally {
    video.removeAttribute("src");
    URL.revokeObjectURL(url);
  }
}

/** What a file can be sent as, by what this browser makes of it. */
export async function shapeOf(file: File): Promise<Shape> {
  try {
    if (PICTURES.has(file.type)) return await pictureShape(file);
    if (FILMS.has(file.type)) return await filmShape(file);
  } catch {
    // It is called a picture or a film, and this browser cannot show it.
  }
  return AS_FILE;
}
