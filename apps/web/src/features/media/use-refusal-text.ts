import type { OutgoingMessage } from "@im-webapp/client";
import { useTranslation } from "react-i18next";
import { useErrorText } from "../../lib/error-text.ts";

const MEDIA: ReadonlySet<string> = new Set(["image", "file", "voice", "video"]);

/** Why a message was refused, in words: of one that carries a file, what is wrong with that. */
export function useRefusalText(): (message: Pick<OutgoingMessage, "content" | "error">) => string {
  const { t } = useTranslation();
  const errorText = useErrorText();
  return ({ content, error }) => {
    if (MEDIA.has(content.kind) && error?.code === "TOO_LARGE") {
      return t(error.details?.["reason"] === "account" ? "media.failedAccountFull" : "media.failedTooLarge");
    }
    if (MEDIA.has(content.kind) && error?.code === "BAD_REQUEST") return t("media.failedKind");
    return errorText(error);
  };
}
