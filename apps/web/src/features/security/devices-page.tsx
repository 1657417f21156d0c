import type { SignedInDevice } from "@im-webapp/protocol";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { useClient } from "@im-webapp/react";
import { useLoaded } from "../../lib/use-loaded.ts";
import { Button } from "../../ui/button.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { PeopleSkeleton } from "../../ui/people-skeleton.tsx";
import { SettingsPage, SettingsPart } from "../settings/settings-parts.tsx";
import { DeviceLine } from "./device-line.tsx";
import { LoadedPart } from "./loaded-part.tsx";
import { RenameDeviceDialog } from "./rename-device-dialog.tsx";

/** The devices on which one is signed in: what they are called, when they were last there, and the end of each. */
export function DevicesPage() {
  const { t } = useTranslation();
  const client = useClient();
  const devices = useLoaded(useCallback(() => client.security.devices(), [client]));
  const [renamed, setRenamed] = useState<SignedInDevice | null>(null);
  const [ended, setEnded] = useState<SignedInDevice | null>(null);
  const [isEndingOthers, setEndingOthers] = useState(false);

  const endOne = async (device: SignedInDevice) => {
    await client.security.revokeDevice(device.deviceId);
    devices.reload();
  };
  const endOthers = async () => {
    await client.security.revokeOtherDevices();
    devices.reload();
  };

  return (
    <SettingsPage title={t("settings.devices")}>
      <LoadedPart loaded={devices} skeleton={<PeopleSkeleton rows={3} />}>
        {(list) => {
          const others = list.filter((device) => !device.current);
          return (
            <>
              <SettingsPart title={t("security.thisDevice")}>
                {list.map(
                  (device) =>
                    device.current && <DeviceLine key={device.deviceId} device={device} onRename={setRenamed} />,
                )}
              </SettingsPart>
              <SettingsPart title={t("security.otherDevices")}>
                {others.map((device) => (
                  <DeviceLine key={device.deviceId} device={device} onRename={setRenamed} onEnd={setEnded} />
                ))}
                {others.length === 0 && <p className="px-4 py-4 text-base text-ink-muted">{t("security.noOthers")}</p>}
                {others.length > 0 && (
                  <div className="p-1.5">
                    <Button variant="danger-ghost" wide onClick={() => setEndingOthers(true)}>
                      {t("security.endOthers")}
                    </Button>
                  </div>
                )}
              </SettingsPart>
              <p className="px-4 text-sm text-ink-muted">{t("security.devicesHint")}</p>
            </>
          );
        }}
      </LoadedPart>
      <RenameDeviceDialog device={renamed} onClose={() => setRenamed(null)} onRenamed={devices.reload} />
      <ConfirmDialog
        open={ended !== null}
        onOpenChange={(open) => !open && setEnded(null)}
        title={t("security.endTitle", { name: ended?.name ?? "" })}
        text={t("security.endText")}
        confirm={t("security.end")}
        busy={t("security.ending")}
        onConfirm={() => (ended ? endOne(ended) : Promise.resolve())}
      />
      <ConfirmDialog
        open={isEndingOthers}
        onOpenChange={setEndingOthers}
        title={t("security.endOthersTitle")}
        text={t("security.endText")}
        confirm={t("security.endOthers")}
        busy={t("security.ending")}
        onConfirm={endOthers}
      />
    </SettingsPage>
  );
}
