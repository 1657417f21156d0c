import type { ReactNode } from "react";
import { Avatar } from "./avatar.tsx";

interface PersonHeadProps {
  readonly user: { readonly userId: string; readonly username: string; readonly deleted?: true | undefined };
  /** What to call them. */
  readonly name: string;
  /** What else there is to say of them, in a line. */
  readonly about?: ReactNode;
  /** What they say of themself. */
  readonly details?: ReactNode;
}

interface PersonCardProps extends PersonHeadProps {
  /** What one can do with them. */
  readonly children?: ReactNode;
}

/** Who somebody is: centred in the column around it. */
export function PersonHead({ user, name, about, details }: PersonHeadProps) {
  return (
    <>
      <Avatar id={user.userId} name={name} className="size-20" />
      <p className="mt-4 max-w-full text-center text-xl font-semibold wrap-anywhere">{name}</p>
      {user.deleted !== true && <p className="max-w-full truncate text-base text-ink-muted">@{user.username}</p>}
      <div className="mt-1 flex flex-col items-center text-sm text-ink-muted empty:hidden">{about}</div>
      {details}
    </>
  );
}

/** Who somebody is, on a card of its own. */
export function PersonCard({ children, ...head }: PersonCardProps) {
  return (
    <div className="flex flex-col items-center rounded-lg bg-surface p-6 shadow-overlay">
      <PersonHead {...head} />
      {children !== undefined && <div className="mt-6 flex w-full flex-col gap-3">{children}</div>}
    </div>
  );
}
