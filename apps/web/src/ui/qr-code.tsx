import { clsx } from "clsx";
import { useMemo } from "react";
import { qrSquares } from "../lib/qr-squares.ts";

interface QrCodeProps {
  readonly text: string;
  /** What it is for, for those who cannot see it. */
  readonly label: string;
  readonly className?: string;
}

/** A QR code, dark on light in every theme, because scanners expect it so. */
export function QrCode({ text, label, className }: QrCodeProps) {
  const { size, dark } = useMemo(() => qrSquares(text), [text]);
  const path = useMemo(() => dark.map(({ x, y }) => `M${x} ${y}h1v1h-1z`).join(""), [dark]);
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      className={clsx("rounded-md", className)}
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
