import { clsx } from "clsx";
import { initials, portraitColour, shortInitial } from "../lib/portrait.ts";

interface Face {
  readonly id: string;
  readonly name: string;
}

/** A face drawn in a unit square; the letters scale with it. */
export function FaceShape({ id, name, isSmall = false }: Face & { readonly isSmall?: boolean }) {
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

/**
 * A person's portrait: the letters of the name on the colour of the id. Its size comes from the class (`size-10` when
 * none is given). Always beside the name it stands for, so hidden from screen readers.
 */
export function Avatar({ id, name, className }: Face & { readonly className?: string | undefined }) {
  return (
    <svg
      viewBox="0 0 40 40"
      aria-hidden
      className={clsx("block shrink-0 rounded-md select-none", className ?? "size-10")}
    >
      <FaceShape id={id} name={name} />
    </svg>
  );
}
