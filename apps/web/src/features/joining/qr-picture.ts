import { qrSquares } from "../../lib/qr-squares.ts";

/** Least side of the picture in pixels: sharp on paper as on a screen. */
const MIN_SIDE = 640;

/** The QR code of a text as a picture; null where the browser draws none. */
export function qrPicture(text: string): HTMLCanvasElement | null {
  const { size, dark } = qrSquares(text);
  // Whole pixels to each square, so that none has a blurred edge.
  const scale = Math.ceil(MIN_SIDE / size);
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = size * scale;
  const pen = canvas.getContext("2d");
  if (pen === null) return null;
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = "#000";
  for (const { x, y } of dark) pen.fillRect(x * scale, y * scale, scale, scale);
  return canvas;
}

/** A picture as PNG. Rejects when the browser cannot make it. */
export function toPng(picture: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) => {
    picture.toBlob((png) => (png === null ? reject(new Error("no picture was made")) : resolve(png)), "image/png");
  });
}
