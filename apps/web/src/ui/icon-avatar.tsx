import { clsx } from "clsx";
import type { LucideIcon } from "lucide-react";

interface IconAvatarProps {
  readonly icon: LucideIcon;
  readonly className?: string | undefined;
}

/** The portrait of what is no person: an icon on the accent's tint. Always beside the name it stands for. */
export function IconAvatar({ icon: Icon, className }: IconAvatarProps) {
  return (
    <span
      aria-hidden
      className={clsx(
        "inline-flex shrink-0 items-center justify-center rounded-md bg-accent-tint text-accent-ink select-none",
        className ?? "size-10",
      )}
    >
      <Icon className="size-1/2" strokeWidth={1.75} />
    </span>
  );
}
