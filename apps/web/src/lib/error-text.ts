import { isErrorCode, type WireError } from "@im-webapp/protocol";
import type { TFunction } from "i18next";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";

/** The coded error that a refused call carries; null for anything else that was thrown. */
export function wireErrorOf(error: unknown): WireError | null {
  if (typeof error !== "object" || error === null || !("code" in error) || !isErrorCode(error.code)) return null;
  const { message, details, retryAfterMs } = error as Partial<WireError>;
  return {
    code: error.code,
    message: message ?? "",
    ...(details !== undefined && { details }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}

/** A refused call in the person's words: what happened and what they can do. */
function errorText(error: unknown, t: TFunction): string {
  const wire = wireErrorOf(error);
  switch (wire?.code) {
    case "UNAVAILABLE":
      return navigator.onLine ? t("errors.unavailable") : t("errors.offline");
    case "RATE_LIMITED":
      return t("errors.rateLimited", { count: Math.max(1, Math.ceil((wire.retryAfterMs ?? 0) / 1000)) });
    case "BLOCKED":
      return t("errors.blocked");
    case "FORBIDDEN":
      return wire.details?.["reason"] === "contacts" ? t("errors.contactsOnly") : t("errors.forbidden");
    case "NOT_MEMBER":
      return t("errors.forbidden");
    case "MUTED":
      return t("errors.muted");
    case "NOT_FOUND":
      return t("errors.notFound");
    case "TOO_LARGE":
      return t("errors.tooLarge");
    case "UNAUTHENTICATED":
      return t("errors.sessionEnded");
    case "BAD_REQUEST":
    case "CONFLICT":
    case "CURSOR_EXPIRED":
    case "INTERNAL":
    case undefined:
      return t("errors.unexpected");
  }
}

/** `errorText` in the current language. */
export function useErrorText(): (error: unknown) => string {
  const { t } = useTranslation();
  return useCallback((error: unknown) => errorText(error, t), [t]);
}
