import { Languages } from "lucide-react";
import { useTranslation } from "react-i18next";
import { setLanguage } from "../../i18n/index.ts";
import { LANGUAGE_NAMES, LANGUAGES } from "../../i18n/language.ts";

/** Switches to the other language; each is named in itself, for those who cannot read the current one. */
export function LanguageSwitch() {
  const { i18n } = useTranslation();
  const other = LANGUAGES.find((language) => language !== i18n.language) ?? LANGUAGES[0];
  return (
    <button
      type="button"
      lang={other}
      className="inline-flex h-control items-center gap-1.5 rounded-md px-3 text-sm text-ink-muted transition-colors hover:bg-hover hover:text-ink active:bg-pressed"
      onClick={() => void setLanguage(other)}
    >
      <Languages aria-hidden className="size-4" />
      {LANGUAGE_NAMES[other]}
    </button>
  );
}
