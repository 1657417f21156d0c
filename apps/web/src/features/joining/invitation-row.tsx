import type { Invitation } from "@im-webapp/protocol";
import { clsx } from "clsx";
import { Copy, QrCode as QrIcon, Trash2 } from "lucide-react";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { useNameOf } from "../../app/names.ts";
import { fullLabel } from "../../lib/time.ts";
import { useTimeStyle } from "../../lib/use-time-style.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { joinLink } from "./join-address.ts";
import { LinkCode } from "./link-code.tsx";
import { useCopied } from "./use-copied.ts";

interface InvitationRowProps {
  readonly invitation: Invitation;
  readonly groupName: string;
  readonly isShown: boolean;
  readonly onShow: () => void;
  readonly onRevoke: () => void;
}

/** One link: what it is good for still, its code, and the end of it. */
export function InvitationRow({ invitation, groupName, isShown, onShow, onRevoke }: InvitationRowProps) {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const timeStyle = useTimeStyle();
  const codeId = useId();
  const { copied, copy } = useCopied();
  const { token, state, uses, maxUses, expiresAt, createdBy } = invitation;
  const link = joinLink(token);
  const isOpen = state === "open";
  const facts = [
    ...(isOpen ? [] : [t(`joining.state.${state}`)]),
    expiresAt === undefined
      ? t("joining.neverExpires")
      : t("joining.expires", { time: fullLabel(expiresAt, timeStyle) }),
    maxUses === undefined
      ? t("joining.used", { count: uses })
      : t("joining.usedOf", { count: uses, max: String(maxUses) }),
    t("joining.by", { name: nameOf(createdBy) }),
  ];

  return (
    <li className="rounded-md border border-line px-3 py-2">
      <div className="flex items-center gap-1">
        <input
          readOnly
          aria-label={t("joining.link")}
          value={link}
          onFocus={(event) => event.target.select()}
          className={clsx(
            "h-control min-w-0 flex-1 truncate rounded-sm bg-transparent text-base outline-offset-2",
            !isOpen && "text-ink-muted line-through",
          )}
        />
        {isOpen && (
          <>
            <IconButton
              icon={Copy}
              label={copied === "done" ? t("joining.copied") : t("joining.copy")}
              onClick={() => void copy(() => navigator.clipboard.writeText(link))}
            />
            <IconButton
              icon={QrIcon}
              label={t("joining.showQr")}
              aria-expanded={isShown}
              aria-controls={codeId}
              onClick={onShow}
            />
          </>
        )}
        <IconButton icon={Trash2} label={t("joining.revokeLabel", { link: token.slice(0, 6) })} onClick={onRevoke} />
      </div>
      <p className="figures text-xs text-ink-muted">{facts.join(" · ")}</p>
      <p role="status" className="text-xs text-danger-ink empty:hidden">
        {copied === "failed" && t("joining.copyFailed")}
      </p>
      <div id={codeId} className="empty:hidden">
        {isShown && isOpen && (
          <div className="pt-3 pb-2">
            <LinkCode link={link} name={groupName} />
          </div>
        )}
      </div>
    </li>
  );
}
