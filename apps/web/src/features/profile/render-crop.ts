import { type Crop, place } from "./crop.ts";
import { CROP_SIDE } from "./crop-area.tsx";

/** Quality of the picture that is sent; the server encodes it once more. */
const QUALITY = 0.92;

/** Reads a picture that somebody chose, turned as its camera was held. Rejects for what the browser cannot show. */
export function openPicture(file: Blob): Promise<ImageBitmap> {
  return createImageBitmap(file);
}

/** The cropped square as an image file. Browsers that cannot write WebP make a PNG of it. */
export async function renderCrop(picture: ImageBitmap, crop: Crop): Promise<Blob> {
  const canvas = document.createElement("canvas");
  canvas.width = CROP_SIDE;
  canvas.height = CROP_SIDE;
  const context = canvas.getContext("2d");
  if (!context) throw new Error("this browser draws nothing");
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, ...place(picture, crop, CROP_SIDE));
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/webp", QUALITY));
  if (blob === null) throw new Error("this browser makes no image");
  return blob;
}
