import { useTranslation } from "react-i18next";
import { Avatar } from "../../ui/avatar.tsx";
import { Button } from "../../ui/button.tsx";
import { PicturePicker } from "../profile/picture-picker.tsx";

/** A cropped picture that is on this device only. */
export interface ChosenPortrait {
  readonly image: Blob;
  /** Where the page finds it, until it is revoked. */
  readonly url: string;
}

interface PortraitChoiceProps {
  readonly username: string;
  readonly name: string;
  /** What was chosen and cropped; null for the letters. */
  readonly portrait: ChosenPortrait | null;
  readonly onChange: (portrait: ChosenPortrait | null) => void;
}

/** How the new account will look in lists, with a portrait if one is chosen. */
export function PortraitChoice({ username, name, portrait, onChange }: PortraitChoiceProps) {
  const { t } = useTranslation();
  const choose = (next: ChosenPortrait | null) => {
    if (portrait !== null) URL.revokeObjectURL(portrait.url);
    onChange(next);
  };
  return (
    <div className="flex items-center gap-4">
      {portrait === null ? (
        <Avatar id={username} name={name} className="size-20" />
      ) : (
        <img src={portrait.url} alt={t("profile.portrait")} className="size-20 shrink-0 rounded-lg object-cover" />
      )}
      <div className="flex min-w-0 flex-1 flex-col gap-2">
        <p className="min-w-0">
          <span className="block truncate text-lg font-medium">{name}</span>
          <span className="block truncate text-sm text-ink-muted">@{username}</span>
        </p>
        <PicturePicker
          label={t(portrait === null ? "auth.addPortrait" : "profile.changePortrait")}
          onPick={async (image) => choose({ image, url: URL.createObjectURL(image) })}
        >
          {portrait !== null && (
            <Button variant="danger-ghost" onClick={() => choose(null)}>
              {t("profile.removePortrait")}
            </Button>
          )}
        </PicturePicker>
      </div>
    </div>
  );
}
