import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Avatar } from "../../ui/avatar.tsx";
import { Button } from "../../ui/button.tsx";
import { PicturePicker } from "../profile/picture-picker.tsx";

interface PortraitChoiceProps {
  readonly username: string;
  readonly name: string;
  /** What was chosen and cropped; null for the letters. */
  readonly portrait: Blob | null;
  readonly onChange: (portrait: Blob | null) => void;
}

/** The address of a picture that is on this device only, as long as it is shown. */
function usePicture(picture: Blob | null): string | undefined {
  const [shown, setShown] = useState<{ readonly picture: Blob; readonly url: string }>();
  useEffect(() => {
    if (picture === null) return undefined;
    const url = URL.createObjectURL(picture);
    setShown({ picture, url });
    return () => URL.revokeObjectURL(url);
  }, [picture]);
  return shown !== undefined && shown.picture === picture ? shown.url : undefined;
}

/** How the new account will look in lists, with a portrait if one is chosen. */
export function PortraitChoice({ username, name, portrait, onChange }: PortraitChoiceProps) {
  const { t } = useTranslation();
  const url = usePicture(portrait);
  return (
    <div className="flex items-center gap-4">
      {url === undefined ? (
        <Avatar id={username} name={name} className="size-20" />
      ) : (
        <img src={url} alt={t("profile.portrait")} className="size-20 shrink-0 rounded-lg object-cover" />
      )}
      <div className="flex min-w-0 flex-1 flex-col gap-2">
        <p className="min-w-0">
          <span className="block truncate text-lg font-medium">{name}</span>
          <span className="block truncate text-sm text-ink-muted">@{username}</span>
        </p>
        <PicturePicker
          label={t(portrait === null ? "auth.addPortrait" : "profile.changePortrait")}
          onPick={async (image) => onChange(image)}
        >
          {portrait !== null && (
            <Button variant="danger-ghost" onClick={() => onChange(null)}>
              {t("profile.removePortrait")}
            </Button>
          )}
        </PicturePicker>
      </div>
    </div>
  );
}
