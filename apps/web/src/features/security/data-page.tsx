import type { Confirmation, SecurityResponse } from "@im-webapp/protocol";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { useClient } from "@im-webapp/react";
import { useLoaded } from "../../lib/use-loaded.ts";
import { Button } from "../../ui/button.tsx";
import { PeopleSkeleton } from "../../ui/people-skeleton.tsx";
import { SettingsPage, SettingsPart } from "../settings/settings-parts.tsx";
import { LoadedPart } from "./loaded-part.tsx";
import { ProofDialog } from "./proof-dialog.tsx";
import { SecurityLine } from "./security-line.tsx";

/** Takes everything along as a file. */
function ExportLine({ security }: { readonly security: SecurityResponse }) {
  const { t } = useTranslation();
  const client = useClient();
  const [isOpen, setOpen] = useState(false);
  const [isStarted, setStarted] = useState(false);

  const start = async (proof: Confirmation) => {
    const url = await client.security.beginExport(proof);
    // The browser takes the stream straight to a file, however large it is.
    const link = document.createElement("a");
    link.href = url;
    link.download = "";
    link.click();
    setStarted(true);
  };
  return (
    <>
      <SecurityLine title={t("security.exportTitle")} hint={t("security.exportHint")}>
        <Button variant="secondary" onClick={() => setOpen(true)}>
          {t("security.export")}
        </Button>
        <p role="status" className="w-full text-sm text-accent-ink empty:hidden">
          {isStarted ? t("security.exportStarted") : ""}
        </p>
      </SecurityLine>
      <ProofDialog
        security={security}
        open={isOpen}
        onOpenChange={setOpen}
        title={t("security.export")}
        text={t("security.exportText")}
        confirm={t("security.export")}
        busy={t("security.checking")}
        onConfirm={start}
      />
    </>
  );
}

/** Ends the account for good. */
function DeleteLine({ security }: { readonly security: SecurityResponse }) {
  const { t } = useTranslation();
  const client = useClient();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <SecurityLine title={t("security.deleteTitle")} hint={t("security.deleteHint")}>
        <Button variant="danger-ghost" onClick={() => setOpen(true)}>
          {t("security.delete")}
        </Button>
      </SecurityLine>
      <ProofDialog
        security={security}
        open={isOpen}
        onOpenChange={setOpen}
        title={t("security.deleteTitle")}
        text={t("security.deleteText")}
        confirm={t("security.deleteConfirm")}
        busy={t("security.deleting")}
        danger
        onConfirm={(proof) => client.security.deleteAccount(proof)}
      />
    </>
  );
}

/** What the server keeps of the person: to be taken along, and to be deleted. */
export function DataPage() {
  const { t } = useTranslation();
  const client = useClient();
  const loaded = useLoaded(useCallback(() => client.security.get(), [client]));
  return (
    <SettingsPage title={t("settings.data")}>
      <LoadedPart loaded={loaded} skeleton={<PeopleSkeleton rows={2} />}>
        {(security) => (
          <>
            <SettingsPart title={t("security.exportPart")}>
              <ExportLine security={security} />
            </SettingsPart>
            <SettingsPart title={t("security.deletePart")}>
              <DeleteLine security={security} />
            </SettingsPart>
          </>
        )}
      </LoadedPart>
    </SettingsPage>
  );
}
