import { useRef, type PointerEvent } from "react";
import { useTranslation } from "react-i18next";

interface LetterIndexProps {
  readonly letters: readonly string[];
  readonly onPick: (letter: string) => void;
}

/**
 * The letters beside the contacts: pressed, or slid along with a finger, they lead to the people under them. The keyboard
 * has the letters themselves, so no stop of its own.
 */
export function LetterIndex({ letters, onPick }: LetterIndexProps) {
  const { t } = useTranslation();
  const last = useRef<string | null>(null);
  const slide = ({ clientX, clientY, buttons }: PointerEvent) => {
    if (buttons === 0) return;
    const letter = document.elementFromPoint(clientX, clientY)?.getAttribute("data-letter") ?? null;
    if (letter === null || letter === last.current) return;
    last.current = letter;
    onPick(letter);
  };
  return (
    <nav
      aria-label={t("contacts.letters")}
      className="absolute inset-y-0 right-2 flex w-6 touch-none flex-col justify-center py-2 select-none"
      onPointerMove={slide}
      onPointerUp={() => {
        last.current = null;
      }}
    >
      {letters.map((letter) => (
        <button
          key={letter}
          type="button"
          tabIndex={-1}
          data-letter={letter}
          aria-label={t("contacts.toLetter", { letter })}
          className="max-h-6 min-h-0 flex-1 rounded-sm text-xs leading-none font-medium text-ink-muted hover:bg-hover hover:text-ink active:bg-pressed"
          // A finger that slides on must reach the other letters.
          onPointerDown={(event) => event.currentTarget.releasePointerCapture(event.pointerId)}
          onClick={() => onPick(letter)}
        >
          {letter}
        </button>
      ))}
    </nav>
  );
}
