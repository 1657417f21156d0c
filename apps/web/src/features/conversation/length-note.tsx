import { MAX_TEXT_LENGTH } from "@im-webapp/protocol";
import { clsx } from "clsx";
import { useTranslation } from "react-i18next";

/** From here on the room that is left is shown, in UTF-16 units like the limit itself. */
const SHOWN_FROM = MAX_TEXT_LENGTH - 500;

/** How much room a long message has left, or how far it is beyond. */
export function LengthNote({ id, length }: { readonly id: string; readonly length: number }) {
  const { t } = useTranslation();
  const left = MAX_TEXT_LENGTH - length;
  const isOver = left < 0;
  return (
    <span id={id} className={clsx("figures px-1 text-xs", isOver ? "font-medium text-danger-ink" : "text-ink-muted")}>
      {length >= SHOWN_FROM && (
        <>
          <span aria-hidden>{left}</span>
          <span className="sr-only">
            {isOver ? t("composer.over", { count: -left }) : t("composer.remaining", { count: left })}
          </span>
        </>
      )}
    </span>
  );
}
