import type { TFunction } from "i18next";

/** What a record of messages is called: by whose they are. */
export function bundleTitle(items: readonly { readonly senderName: string }[], t: TFunction): string {
  const [a = "…", b, ...others] = [...new Set(items.map(({ senderName }) => senderName))];
  if (b === undefined) return t("forward.bundleOne", { name: a });
  return others.length === 0 ? t("forward.bundleTwo", { a, b }) : t("forward.bundleMany", { a, b });
}
