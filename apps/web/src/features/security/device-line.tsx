import type { SignedInDevice } from "@im-webapp/protocol";
import { LogOut, Monitor, Pencil, Smartphone } from "lucide-react";
import { useTranslation } from "react-i18next";
import { momentLabel } from "../../lib/time.ts";
import { useNow } from "../../lib/use-now.ts";
import { useTimeStyle } from "../../lib/use-time-style.ts";
import { IconButton } from "../../ui/icon-button.tsx";

/** What phones and tablets call themselves; see `device-name.ts`. */
const HANDHELD = /android|iphone|ipad|phone|mobile/i;

interface DeviceLineProps {
  readonly device: SignedInDevice;
  readonly onRename: (device: SignedInDevice) => void;
  /** Absent for the device at hand, which has its own way out. */
  readonly onEnd?: (device: SignedInDevice) => void;
}

/** One device on which one is signed in. */
export function DeviceLine({ device, onRename, onEnd }: DeviceLineProps) {
  const { t } = useTranslation();
  const now = useNow();
  const style = useTimeStyle();
  const Icon = HANDHELD.test(device.name) ? Smartphone : Monitor;
  const seen = device.lastSeenAt ?? device.createdAt;
  return (
    <div className="flex min-h-16 items-center gap-3 py-2 pr-2 pl-4">
      <span className="inline-flex size-10 shrink-0 items-center justify-center rounded-md bg-accent-tint text-accent-ink">
        <Icon aria-hidden className="size-5" strokeWidth={1.75} />
      </span>
      <div className="min-w-0 flex-1">
        <p className="truncate text-base font-medium">{device.name}</p>
        <p className="text-sm text-ink-muted">
          {device.current ? t("security.inUse") : t("security.seen", { at: momentLabel(seen, now, style) })}
          {" · "}
          {t("security.since", { at: momentLabel(device.createdAt, now, style) })}
        </p>
        {device.lastReceivedAt !== undefined && !device.current && (
          <p className="text-sm text-ink-muted">
            {t("security.received", { at: momentLabel(device.lastReceivedAt, now, style) })}
          </p>
        )}
      </div>
      <IconButton
        icon={Pencil}
        label={t("security.renameDevice", { name: device.name })}
        onClick={() => onRename(device)}
      />
      {onEnd !== undefined && (
        <IconButton
          icon={LogOut}
          label={t("security.endDevice", { name: device.name })}
          onClick={() => onEnd(device)}
        />
      )}
    </div>
  );
}
