import { useTranslation } from "react-i18next";
import { useErrorText, wireErrorOf } from "../../lib/error-text.ts";

/** Why a message was refused, in words: of one that carries a file, what is wrong with that. */
export function useRefusalText(): (error: unknown, carriesFile: boolean) => string {
  const { t } = useTranslation();
  const errorText = useErrorText();
  return (error, carriesFile) => {
    const wire = wireErrorOf(error);
    if (carriesFile && wire?.code === "TOO_LARGE") {
      return t(wire.details?.["reason"] === "account" ? "media.failedAccountFull" : "media.failedTooLarge");
    }
    return carriesFile && wire?.code === "BAD_REQUEST" ? t("media.failedKind") : errorText(error);
  };
}
