import { Minus, Plus } from "lucide-react";
import { type KeyboardEvent, type PointerEvent, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { type Crop, MAX_ZOOM, place, within } from "./crop.ts";

/** Side of the drawn square in pixels; as that of the portrait that is sent, so that what is seen is what is sent. */
export const CROP_SIDE = 512;

/** How far an arrow key moves, in sides of the square, and how much a key zooms. */
const KEY_MOVE = 0.05;
const KEY_ZOOM = 0.1;

interface CropAreaProps {
  readonly picture: ImageBitmap;
  readonly crop: Crop;
  readonly disabled: boolean;
  readonly onChange: (crop: Crop) => void;
}

/** A picture in a square, to be dragged and zoomed by pointer, wheel or keyboard until the square shows the portrait. */
export function CropArea({ picture, crop, disabled, onChange }: CropAreaProps) {
  const { t } = useTranslation();
  const canvas = useRef<HTMLCanvasElement>(null);
  const set = (next: Crop) => {
    if (!disabled) onChange(within(picture, next));
  };

  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context) return;
    context.imageSmoothingQuality = "high";
    context.clearRect(0, 0, CROP_SIDE, CROP_SIDE);
    context.drawImage(picture, ...place(picture, crop, CROP_SIDE));
  }, [picture, crop]);

  const drag = (event: PointerEvent<HTMLElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const side = event.currentTarget.clientWidth;
    set({ ...crop, x: crop.x + event.movementX / side, y: crop.y + event.movementY / side });
  };

  const press = (event: KeyboardEvent) => {
    const moves: Readonly<Record<string, Partial<Crop>>> = {
      ArrowLeft: { x: crop.x - KEY_MOVE },
      ArrowRight: { x: crop.x + KEY_MOVE },
      ArrowUp: { y: crop.y - KEY_MOVE },
      ArrowDown: { y: crop.y + KEY_MOVE },
      "+": { zoom: crop.zoom + KEY_ZOOM },
      "=": { zoom: crop.zoom + KEY_ZOOM },
      "-": { zoom: crop.zoom - KEY_ZOOM },
    };
    const move = moves[event.key];
    if (move === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    set({ ...crop, ...move });
  };

  return (
    <div className="flex flex-col items-center gap-3">
      <button
        type="button"
        aria-label={t("profile.cropArea")}
        className="block w-full max-w-72 cursor-grab touch-none overflow-hidden rounded-lg bg-pressed active:cursor-grabbing"
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={drag}
        onWheel={(event) => set({ ...crop, zoom: crop.zoom - Math.sign(event.deltaY) * KEY_ZOOM })}
        onKeyDown={press}
      >
        <canvas ref={canvas} width={CROP_SIDE} height={CROP_SIDE} className="block aspect-square w-full" />
      </button>
      <div className="flex h-control w-full max-w-72 items-center gap-3">
        <Minus aria-hidden className="size-4 shrink-0 text-ink-muted" />
        <input
          type="range"
          aria-label={t("profile.zoom")}
          min={1}
          max={MAX_ZOOM}
          step={0.01}
          value={crop.zoom}
          disabled={disabled}
          className="h-control min-w-0 flex-1 accent-accent"
          onChange={(event) => set({ ...crop, zoom: event.target.valueAsNumber })}
        />
        <Plus aria-hidden className="size-4 shrink-0 text-ink-muted" />
      </div>
    </div>
  );
}
