import type { ConversationId } from "@im-webapp/protocol";
import { LocateFixed } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useClient } from "@im-webapp/react";
import { useErrorText } from "../../lib/error-text.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { coordinatesText, parseCoordinates } from "./coordinates.ts";

/** How long the device may look for where it is, in milliseconds. */
const LOCATE_TIMEOUT_MS = 15_000;

/** Longest name of a place (protocol). */
const MAX_NAME = 200;

function whereAmI(): Promise<GeolocationPosition> {
  return new Promise((resolve, reject) => {
    if (!("geolocation" in navigator)) {
      reject(new Error("no geolocation"));
      return;
    }
    navigator.geolocation.getCurrentPosition(resolve, reject, {
      enableHighAccuracy: true,
      timeout: LOCATE_TIMEOUT_MS,
    });
  });
}

interface LocationDialogProps {
  readonly conversationId: ConversationId;
  readonly onClose: () => void;
}

/** Sends a place: where the device is, if its owner allows it, or one that is typed or pasted. */
export function LocationDialog({ conversationId, onClose }: LocationDialogProps) {
  const { t } = useTranslation();
  const client = useClient();
  const errorText = useErrorText();
  const [text, setText] = useState("");
  const [name, setName] = useState("");
  const [isAsking, setAsking] = useState(false);
  const [problem, setProblem] = useState<string>();
  const place = parseCoordinates(text);

  const locate = async () => {
    setAsking(true);
    setProblem(undefined);
    try {
      const { coords } = await whereAmI();
      setText(coordinatesText({ lat: coords.latitude, lng: coords.longitude }));
    } catch {
      setProblem(t("forward.locationDenied"));
    } finally {
      setAsking(false);
    }
  };
  const send = async () => {
    if (place === null) {
      setProblem(t("forward.locationBad"));
      return;
    }
    const named = name.trim();
    try {
      await client.send({
        conversationId,
        content: { kind: "location", ...place, ...(named !== "" && { name: named }) },
      });
      onClose();
    } catch (error) {
      setProblem(errorText(error));
    }
  };

  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t("forward.locationTitle")}
      footer={
        <>
          <Button variant="secondary" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button disabled={text.trim() === ""} onClick={() => void send()}>
            {t("forward.send")}
          </Button>
        </>
      }
    >
      <form
        className="flex flex-col gap-4 px-5 pt-1 pb-5"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <Button variant="secondary" busy={isAsking} onClick={() => void locate()}>
          {!isAsking && <LocateFixed aria-hidden className="size-5" strokeWidth={1.75} />}
          {isAsking ? t("forward.locationAsking") : t("forward.locationMine")}
        </Button>
        <TextField
          label={t("forward.locationField")}
          hint={t("forward.locationHint")}
          error={problem}
          value={text}
          autoComplete="off"
          onChange={(event) => {
            setText(event.target.value);
            setProblem(undefined);
          }}
        />
        <TextField
          label={t("forward.locationName")}
          value={name}
          maxLength={MAX_NAME}
          autoComplete="off"
          onChange={(event) => setName(event.target.value)}
        />
        <button type="submit" hidden />
      </form>
    </Dialog>
  );
}
