import type { User } from "@im-webapp/protocol";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useClient } from "@im-webapp/react";
import { isName, MAX_NAME } from "../../lib/names.ts";
import { useErrorText } from "../../lib/error-text.ts";
import { BackHeader } from "../../ui/back-header.tsx";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { conversationPath } from "../conversation/conversation-path.ts";
import { PeoplePicker } from "./people-picker.tsx";

/** Creates a group: its name, and who is in it. */
export function NewGroupPage() {
  const { t } = useTranslation();
  const client = useClient();
  const navigate = useNavigate();
  const errorText = useErrorText();
  const [name, setName] = useState("");
  const [picked, setPicked] = useState<readonly User[]>([]);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);

  const nameProblem = isName(name) ? undefined : t(name.trim() === "" ? "groups.nameRequired" : "groups.nameInvalid");
  const problem =
    refusal ?? (tried && nameProblem === undefined && picked.length === 0 ? t("groups.noneTicked") : null);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    setRefusal(null);
    if (busy || nameProblem !== undefined || picked.length === 0) return;
    setBusy(true);
    try {
      const group = await client.groups.create({ name: name.trim(), memberIds: picked.map((user) => user.userId) });
      await navigate(conversationPath(group.conversationId), { replace: true });
    } catch (error) {
      setRefusal(errorText(error));
      setBusy(false);
    }
  };

  return (
    <>
      <BackHeader title={t("groups.new")} to="/" />
      <form
        noValidate
        className="mx-auto flex min-h-0 w-full max-w-140 flex-1 flex-col bg-surface lg:border-x lg:border-line"
        onSubmit={(event) => void submit(event)}
      >
        <TextField
          className="px-4 pt-4 pb-5"
          label={t("groups.name")}
          placeholder={t("groups.namePlaceholder")}
          maxLength={MAX_NAME}
          autoComplete="off"
          required
          value={name}
          error={tried ? nameProblem : undefined}
          onChange={(event) => setName(event.target.value)}
        />
        <h2 className="px-4 pb-1.5 text-sm font-medium">{t("groups.pickMembers")}</h2>
        <PeoplePicker picked={picked} onChange={setPicked} />
        <div className="flex flex-col gap-3 border-t border-line p-4 pb-[calc(--spacing(4)+env(safe-area-inset-bottom,0px))]">
          <div role="alert" className="empty:hidden">
            {problem !== null && <Notice tone="danger">{problem}</Notice>}
          </div>
          <div className="flex items-center gap-3">
            <span className="figures min-w-0 flex-1 truncate text-sm text-ink-muted" role="status">
              {t("groups.picked", { count: picked.length })}
            </span>
            <Button type="submit" busy={busy} className="min-w-28">
              {busy ? t("groups.creating") : t("groups.create")}
            </Button>
          </div>
        </div>
      </form>
    </>
  );
}
