import type { Content, SendableContent } from "@im-webapp/protocol";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { BundleBody } from "./bundle-body.tsx";
import { CardBody } from "./card-body.tsx";
import { LocationBody } from "./location-body.tsx";

/** What a bubble shows of a card, a place or a record of messages; undefined for any other content. */
export function useRichContent(content: Content | SendableContent): ReactNode {
  const { t } = useTranslation();
  switch (content.kind) {
    case "card":
      return "name" in content ? <CardBody card={content} /> : undefined;
    case "location":
      return <LocationBody location={content} />;
    case "forward":
      // On its way it only says where the messages are.
      return "items" in content ? (
        <BundleBody bundle={content} />
      ) : (
        <span className="text-ink-muted">{t("forward.bundleWaiting", { count: content.seqs.length })}</span>
      );
    default:
      return undefined;
  }
}
