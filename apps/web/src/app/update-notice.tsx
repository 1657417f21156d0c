import { Sparkles } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { followUpdates, takeUpdate } from "../lib/service-worker.ts";
import { Notice } from "../ui/notice.tsx";
import { TextButton } from "../ui/text-button.tsx";

/** Offers a newer version of the app. It is loaded by a click and never by itself: somebody may be writing. */
export function UpdateNotice() {
  const { t } = useTranslation();
  const [isReady, setIsReady] = useState(false);
  useEffect(() => followUpdates(() => setIsReady(true)), []);
  return (
    <div role="status">
      {isReady && (
        <div className="px-2 pb-2">
          <Notice
            tone="news"
            icon={Sparkles}
            action={
              <TextButton tone="inherit" onClick={() => void takeUpdate()}>
                {t("app.update")}
              </TextButton>
            }
          >
            {t("app.updateReady")}
          </Notice>
        </div>
      )}
    </div>
  );
}
