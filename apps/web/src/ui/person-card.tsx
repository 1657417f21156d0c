import type { ReactNode } from "react";
import { Avatar } from "./avatar.tsx";

interface PersonCardProps {
  readonly user: { readonly userId: string; readonly username: string; readonly deleted?: true | undefined };
  /** What to call them. */
  readonly name: string;
  /** What else there is to say of them, in a line. */
  readonly about?: ReactNode;
  /** What they say of themself. */
  readonly details?: ReactNode;
  /** What one can do with them. */
  readonly children?: ReactNode;
}

/** Who somebody is, large. */
export function PersonCard({ user, name, about, details, children }: PersonCardProps) {
  return (
    <div className="flex flex-col items-center rounded-lg bg-surface p-6 shadow-overlay">
      <Avatar id={user.userId} name={name} className="size-20" />
      <p className="mt-4 max-w-full text-center text-xl font-semibold wrap-anywhere">{name}</p>
      {user.deleted !== true && <p className="max-w-full truncate text-base text-ink-muted">@{user.username}</p>}
      <div className="mt-1 text-sm text-ink-muted empty:hidden">{about}</div>
      {details}
      {children !== undefined && <div className="mt-6 flex w-full flex-col gap-3">{children}</div>}
    </div>
  );
}
