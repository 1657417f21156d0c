import { useEffect, useRef } from "react";

/** Pixels of a side that are decoded: a blur has no more in it, and more would only take time. */
const SIDE = 32;

/** The blurred picture that stands where the real one will be. */
export function BlurhashCanvas({ hash }: { readonly hash: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    let isCurrent = true;
    const draw = async () => {
      const { decode, isBlurhashValid } = await import("blurhash");
      const context = canvas.current?.getContext("2d");
      if (!isCurrent || context === null || context === undefined || !isBlurhashValid(hash).result) return;
      context.putImageData(new ImageData(new Uint8ClampedArray(decode(hash, SIDE, SIDE)), SIDE, SIDE), 0, 0);
    };
    // A page without its blur is a page: the picture itself comes all the same.
    draw().catch(() => undefined);
    return () => {
      isCurrent = false;
    };
  }, [hash]);
  return <canvas ref={canvas} aria-hidden width={SIDE} height={SIDE} className="absolute inset-0 size-full" />;
}
