import type { Me, UpdateMeRequest } from "@im-webapp/protocol";
import { MAX_DESCRIPTION_LENGTH } from "@im-webapp/protocol";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useClient } from "@im-webapp/react";
import { useErrorText } from "../../lib/error-text.ts";
import { MAX_NAME } from "../../lib/names.ts";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Segmented } from "../../ui/segmented.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { type FieldProblems, refusedFields } from "../auth/refusal.ts";
import { checkDisplayName, checkPhone } from "../auth/validation.ts";

interface Draft {
  readonly displayName: string;
  readonly gender: "unset" | NonNullable<Me["gender"]>;
  readonly description: string;
  readonly phone: string;
}

const draftOf = (me: Me): Draft => ({
  displayName: me.displayName,
  gender: me.gender ?? "unset",
  description: me.description ?? "",
  phone: me.phone ?? "",
});

/** What the draft changes; nothing of what is as before, so that another device's change of it stays. */
function changesOf(before: Draft, draft: Draft): UpdateMeRequest {
  const phone = draft.phone.trim();
  return {
    ...(draft.displayName !== before.displayName && { displayName: draft.displayName }),
    ...(draft.gender !== before.gender && { gender: draft.gender === "unset" ? null : draft.gender }),
    ...(draft.description !== before.description && { description: draft.description }),
    ...(draft.phone !== before.phone && { phone: phone === "" ? null : phone }),
  };
}

/** The fields of one's own profile, saved together. */
export function ProfileForm({ me }: { readonly me: Me }) {
  const { t } = useTranslation();
  const client = useClient();
  const errorText = useErrorText();
  const saved = draftOf(me);
  const [edits, setEdits] = useState<Partial<Draft>>({});
  const [refused, setRefused] = useState<FieldProblems>({});
  const [state, setState] = useState<"idle" | "busy" | "saved">("idle");
  const [problem, setProblem] = useState<string | null>(null);
  const draft: Draft = { ...saved, ...edits };
  const change = changesOf(saved, draft);
  const isChanged = Object.keys(change).length > 0;
  const nameProblem = refused.displayName ?? checkDisplayName(draft.displayName);
  const phoneProblem = refused.phone ?? checkPhone(draft.phone);

  const edit = (part: Partial<Draft>) => {
    setEdits({ ...edits, ...part });
    setRefused({});
    setState("idle");
  };

  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (state === "busy" || nameProblem !== undefined || phoneProblem !== undefined) return;
    setState("busy");
    setProblem(null);
    try {
      await client.account.updateProfile(change);
      setEdits({});
      setState("saved");
    } catch (error) {
      const fields = refusedFields(error);
      setRefused(fields);
      setState("idle");
      if (fields.displayName === undefined && fields.phone === undefined) setProblem(errorText(error));
    }
  };

  return (
    <form
      noValidate
      className="flex flex-col gap-5 rounded-lg bg-surface p-4 shadow-raised"
      onSubmit={(e) => void save(e)}
    >
      <TextField
        label={t("profile.displayName")}
        error={nameProblem && t(`auth.${nameProblem}`)}
        autoComplete="nickname"
        maxLength={MAX_NAME}
        value={draft.displayName}
        onChange={(event) => edit({ displayName: event.target.value })}
      />
      <div className="flex flex-col items-start gap-1.5">
        <span aria-hidden className="text-sm font-medium">
          {t("profile.gender")}
        </span>
        <Segmented
          label={t("profile.gender")}
          value={draft.gender}
          options={[
            { value: "unset", label: t("profile.genderUnset") },
            { value: "female", label: t("profile.genderFemale") },
            { value: "male", label: t("profile.genderMale") },
            { value: "other", label: t("profile.genderOther") },
          ]}
          onChange={(gender) => edit({ gender })}
        />
      </div>
      <TextArea
        label={t("profile.description")}
        placeholder={t("profile.descriptionPlaceholder")}
        hint={t("profile.descriptionLeft", { count: MAX_DESCRIPTION_LENGTH - draft.description.length })}
        maxLength={MAX_DESCRIPTION_LENGTH}
        value={draft.description}
        onChange={(event) => edit({ description: event.target.value })}
      />
      <TextField
        label={t("profile.phone")}
        hint={t("profile.phoneHint")}
        error={phoneProblem && t(`auth.${phoneProblem}`)}
        type="tel"
        autoComplete="tel"
        value={draft.phone}
        onChange={(event) => edit({ phone: event.target.value })}
      />
      <div role="alert" className="empty:-mt-5">
        {problem !== null && <Notice tone="danger">{problem}</Notice>}
      </div>
      <div className="flex items-center justify-end gap-3">
        <span role="status" className="text-sm text-ink-muted">
          {state === "saved" && t("profile.saved")}
        </span>
        <Button type="submit" disabled={!isChanged} busy={state === "busy"}>
          {state === "busy" ? t("profile.saving") : t("profile.save")}
        </Button>
      </div>
    </form>
  );
}
