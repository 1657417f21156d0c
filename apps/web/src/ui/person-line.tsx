import { clsx } from "clsx";
import type { ReactNode } from "react";
import { Avatar } from "./avatar.tsx";

interface PersonLineProps {
  readonly user: { readonly userId: string; readonly username: string; readonly deleted?: true | undefined };
  /** What to call them. */
  readonly name: string;
  /** A quiet word at the end. */
  readonly note?: ReactNode;
  readonly noteClass?: string | undefined;
}

/** A person's portrait, name and username in one row of a list. */
export function PersonLine({ user, name, note, noteClass }: PersonLineProps) {
  return (
    <>
      <Avatar id={user.userId} name={name} />
      <span className="flex min-w-0 flex-1 flex-col text-left">
        <span className="truncate text-base font-medium text-ink">{name}</span>
        {user.deleted !== true && <span className="truncate text-sm text-ink-muted">@{user.username}</span>}
      </span>
      {note !== undefined && <span className={clsx("shrink-0 text-xs text-ink-muted", noteClass)}>{note}</span>}
    </>
  );
}
