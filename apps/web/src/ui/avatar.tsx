import { clsx } from "clsx";
import { initials, portraitColour, shortInitial } from "../lib/portrait.ts";
import { usePortrait } from "../lib/use-portrait.ts";

interface Face {
  readonly id: string;
  readonly name: string;
}

/** A face drawn in a unit square: the portrait, or letters that scale with it. */
export function FaceShape({ id, name, isSmall = false }: Face & { readonly isSmall?: boolean }) {
  const { src, onError } = usePortrait(id);
  if (src !== undefined) {
    return (
      <image
        href={src}
        width="40"
        height="40"
        preserveAspectRatio="xMidYMid slice"
        style={isSmall ? { clipPath: "inset(0 round 6px)" } : undefined}
        onError={onError}
      />
    );
  }
  return <Letters id={id} name={name} isSmall={isSmall} />;
}

function Letters({ id, name, isSmall }: Face & { readonly isSmall: boolean }) {
  const letters = isSmall ? shortInitial(name) : initials(name);
  const fontSize = isSmall ? 22 : Array.from(letters).length > 1 ? 14 : 17;
  return (
    <>
      <rect width="40" height="40" rx={isSmall ? 6 : 0} fill={`var(--portrait-${portraitColour(id)})`} />
      <text
        x="20"
        y="20"
        dy="0.36em"
        textAnchor="middle"
        fill="var(--portrait-ink)"
        fontSize={fontSize}
        fontWeight="500"
      >
        {letters}
      </text>
    </>
  );
}

interface AvatarProps extends Face {
  /** The address of a picture other than the portrait that the user of this id is known to have. */
  readonly src?: string | undefined;
  readonly className?: string | undefined;
  /** Called when its picture cannot be loaded; the letters are shown then. */
  readonly onError?: () => void;
}

/**
 * A person's portrait, or the letters of the name on the colour of the id. Its size comes from the class (`size-10` when
 * none is given). Always beside the name it stands for, so hidden from screen readers.
 */
export function Avatar({ id, name, src: address, className, onError }: AvatarProps) {
  const picture = usePortrait(id, address);
  const shape = clsx("block shrink-0 rounded-md select-none", className ?? "size-10");
  if (picture.src !== undefined) {
    return (
      <img
        src={picture.src}
        alt=""
        aria-hidden
        draggable={false}
        decoding="async"
        className={clsx(shape, "bg-pressed object-cover")}
        onError={() => {
          picture.onError();
          onError?.();
        }}
      />
    );
  }
  return (
    <svg viewBox="0 0 40 40" aria-hidden className={shape}>
      <Letters id={id} name={name} isSmall={false} />
    </svg>
  );
}
