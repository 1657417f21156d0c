import type { User } from "@im-webapp/protocol";
import { useTranslation } from "react-i18next";

const GENDERS = { male: "profile.genderMale", female: "profile.genderFemale", other: "profile.genderOther" } as const;

/** What somebody says of themself; nothing for one who says nothing. */
export function AboutPerson({ user }: { readonly user: Pick<User, "gender" | "description"> }) {
  const { t } = useTranslation();
  if (user.gender === undefined && user.description === undefined) return null;
  return (
    <dl className="mt-3 flex w-full flex-col gap-2 text-base">
      {user.gender !== undefined && (
        <div className="flex gap-3">
          <dt className="shrink-0 text-ink-muted">{t("profile.gender")}</dt>
          <dd>{t(GENDERS[user.gender])}</dd>
        </div>
      )}
      {user.description !== undefined && (
        <div className="flex gap-3">
          <dt className="shrink-0 text-ink-muted">{t("profile.description")}</dt>
          <dd className="min-w-0 wrap-anywhere whitespace-pre-line">{user.description}</dd>
        </div>
      )}
    </dl>
  );
}
