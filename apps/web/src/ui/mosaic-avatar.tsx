import { clsx } from "clsx";
import { MOSAIC_FACES, mosaicCells } from "../lib/portrait.ts";
import { FaceShape } from "./avatar.tsx";

interface MosaicAvatarProps {
  readonly faces: readonly { readonly id: string; readonly name: string }[];
  readonly className?: string | undefined;
}

/** A group's portrait: the faces of its first members on one ground. */
export function MosaicAvatar({ faces, className }: MosaicAvatarProps) {
  const shown = faces.slice(0, MOSAIC_FACES);
  return (
    <svg
      viewBox="0 0 100 100"
      aria-hidden
      className={clsx("block shrink-0 rounded-md bg-pressed select-none", className ?? "size-10")}
    >
      {mosaicCells(shown.length).map(({ x, y, size }, index) => {
        const face = shown[index];
        if (face === undefined) return null;
        return (
          <svg key={face.id} viewBox="0 0 40 40" x={x * 100} y={y * 100} width={size * 100} height={size * 100}>
            <FaceShape id={face.id} name={face.name} isSmall />
          </svg>
        );
      })}
    </svg>
  );
}
