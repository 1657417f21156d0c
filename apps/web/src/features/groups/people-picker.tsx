import type { User, UserId } from "@im-webapp/protocol";
import { clsx } from "clsx";
import { Check, X } from "lucide-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Virtualizer } from "virtua";
import { useClientState } from "@im-webapp/react";
import { useNameOf } from "../../app/names.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { ListHeading } from "../../ui/list-heading.tsx";
import { PersonLine } from "../../ui/person-line.tsx";
import { UnorderedRows } from "../../ui/row-container.tsx";
import { SearchField } from "../../ui/search-field.tsx";
import { FoundPeople } from "../contacts/found-people.tsx";
import { useFindPeople } from "../contacts/use-find-people.ts";
import { usePickable } from "../contacts/use-known.ts";

/** Height of a line in pixels, known before it is drawn. The line itself is `h-14`. */
const ROW_PX = 56;

/** Height of the heading above them, in pixels. */
const HEADING_PX = 32;

interface PeoplePickerProps {
  readonly picked: readonly User[];
  readonly onChange: (picked: readonly User[]) => void;
  /** Who cannot be picked, since they are in already. */
  readonly members?: ReadonlySet<UserId>;
}

interface TickProps {
  readonly user: User;
  readonly name: string;
  readonly isPicked: boolean;
  readonly isMember: boolean;
  readonly onToggle: () => void;
}

function Tick({ user, name, isPicked, isMember, onToggle }: TickProps) {
  const { t } = useTranslation();
  return (
    <label
      className={clsx(
        "relative flex h-14 items-center gap-3 rounded-md px-2 transition-colors has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-accent",
        isMember ? "opacity-60" : "cursor-pointer hover:bg-hover active:bg-pressed",
      )}
    >
      <input
        type="checkbox"
        className="peer sr-only"
        checked={isPicked || isMember}
        disabled={isMember}
        onChange={onToggle}
      />
      <span
        aria-hidden
        className="inline-flex size-5 shrink-0 items-center justify-center rounded-full border border-line-strong text-transparent transition-colors peer-checked:border-accent peer-checked:bg-accent peer-checked:text-on-accent"
      >
        <Check className="size-3.5" strokeWidth={3} />
      </span>
      <PersonLine user={user} name={name} note={isMember ? t("groups.alreadyIn") : undefined} />
    </label>
  );
}

function Chip({ user, name, onRemove }: Pick<TickProps, "user" | "name"> & { readonly onRemove: () => void }) {
  const { t } = useTranslation();
  return (
    <li className="flex max-w-full items-center gap-1.5 rounded-full bg-accent-tint py-1 pr-1 pl-1 text-sm text-accent-ink">
      <Avatar id={user.userId} name={name} className="size-6 rounded-full" />
      <span className="min-w-0 truncate">{name}</span>
      <button
        type="button"
        aria-label={t("groups.remove", { name })}
        className="hit-area inline-flex size-6 shrink-0 items-center justify-center rounded-full hover:bg-hover"
        onClick={onRemove}
      >
        <X aria-hidden className="size-3.5" />
      </button>
    </li>
  );
}

/** Chooses several people, from those one knows and those one finds. */
export function PeoplePicker({ picked, onChange, members }: PeoplePickerProps) {
  const { t } = useTranslation();
  const [query, setQuery] = useState("");
  const pane = useRef<HTMLDivElement>(null);
  const found = useFindPeople(query);
  const known = usePickable();
  const nameOf = useNameOf();
  const ownId = useClientState((state) => state.me?.userId);
  const isPicked = (user: User) => picked.some((other) => other.userId === user.userId);
  const toggle = (user: User) =>
    onChange(isPicked(user) ? picked.filter((other) => other.userId !== user.userId) : [...picked, user]);
  const tick = (user: User) => (
    <Tick
      key={user.userId}
      user={user}
      name={nameOf(user.userId, user)}
      isPicked={isPicked(user)}
      isMember={user.userId === ownId || members?.has(user.userId) === true}
      onToggle={() => toggle(user)}
    />
  );

  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex flex-col gap-2 px-4 pb-2">
        <SearchField
          label={t("contacts.find")}
          placeholder={t("contacts.findPlaceholder")}
          value={query}
          onChange={setQuery}
        />
        {picked.length > 0 && (
          <ul
            aria-label={t("groups.picked", { count: picked.length })}
            className="scroll-pane flex max-h-24 flex-wrap gap-2 py-1"
          >
            {picked.map((user) => (
              <Chip key={user.userId} user={user} name={nameOf(user.userId, user)} onRemove={() => toggle(user)} />
            ))}
          </ul>
        )}
      </div>
      <div ref={pane} className="scroll-pane flex min-h-40 flex-1 flex-col px-2 pb-2">
        {found.status === "idle" ? (
          known.length > 0 && (
            <section aria-label={t("contacts.people")}>
              <ListHeading text={t("contacts.people")} />
              <Virtualizer
                data={known}
                itemSize={ROW_PX}
                startMargin={HEADING_PX}
                as={UnorderedRows}
                item="li"
                scrollRef={pane}
              >
                {tick}
              </Virtualizer>
            </section>
          )
        ) : (
          <FoundPeople found={found} query={query}>
            {tick}
          </FoundPeople>
        )}
        {found.status === "idle" && known.length === 0 && (
          <p className="m-auto max-w-72 p-6 text-center text-base text-balance text-ink-muted">
            {t("contacts.emptyHint")}
          </p>
        )}
      </div>
    </div>
  );
}
