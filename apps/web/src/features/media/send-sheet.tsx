import { Plus } from "lucide-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useClientState } from "@im-webapp/react";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Notice } from "../../ui/notice.tsx";
import { SwitchLine } from "../../ui/switch-line.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { type ChosenFile, MAX_CHOSEN, type Shape } from "./chosen-file.ts";
import { ChosenRow } from "./chosen-row.tsx";
import { sizeText } from "./size-text.ts";

/** A file as it is to be sent. */
export interface ReadyFile {
  readonly file: File;
  readonly shape: Shape;
}

interface SendSheetProps {
  readonly chosen: readonly ChosenFile[];
  readonly isCut: boolean;
  readonly onAdd: (files: readonly File[]) => void;
  readonly onRemove: (id: string) => void;
  readonly onSend: (files: readonly ReadyFile[], caption: string) => void;
  readonly onClose: () => void;
}

/** What is about to be sent, before it is: each file can be left out, others added, and something said with them. */
export function SendSheet({ chosen, isCut, onAdd, onRemove, onSend, onClose }: SendSheetProps) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const captionField = useRef<HTMLInputElement>(null);
  const [isAsFiles, setAsFiles] = useState(false);
  const [caption, setCaption] = useState("");
  const maxBytes = useClientState(({ limits }) => limits?.maxFileBytes);

  const problemOf = ({ file }: ChosenFile) => {
    if (file.size === 0) return t("media.emptyFile");
    return maxBytes !== undefined && file.size > maxBytes
      ? t("media.tooLarge", { max: sizeText(maxBytes) })
      : undefined;
  };
  const ready = chosen.flatMap((each): ReadyFile[] => {
    if (each.shape === undefined || problemOf(each) !== undefined) return [];
    return [{ file: each.file, shape: isAsFiles ? { as: "file" } : each.shape }];
  });
  const isReady = ready.length > 0 && ready.length === chosen.length;
  const canBeFiles = chosen.some(({ shape }) => shape !== undefined && shape.as !== "file");
  const send = () => {
    if (isReady) onSend(ready, caption);
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("media.sheetTitle", { count: chosen.length })}
      // Paste, Enter: there.
      firstField={captionField}
      footer={
        <>
          <Button variant="secondary" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button disabled={!isReady} onClick={send}>
            {t("media.send")}
          </Button>
        </>
      }
    >
      <div className="scroll-pane flex flex-col gap-3 px-5 pb-4">
        <div role="alert" className="empty:hidden">
          {isCut && <Notice tone="warning">{t("media.tooMany", { count: MAX_CHOSEN })}</Notice>}
        </div>
        <ul aria-label={t("media.chosen")} className="flex flex-col gap-1">
          {chosen.map((each) => (
            <ChosenRow
              key={each.id}
              chosen={each}
              problem={problemOf(each)}
              onRemove={() => {
                onRemove(each.id);
                if (chosen.length === 1) onClose();
              }}
            />
          ))}
        </ul>
        <Button variant="ghost" className="-ml-4 self-start" onClick={() => input.current?.click()}>
          <Plus aria-hidden className="size-5" strokeWidth={1.75} />
          {t("media.addMore")}
        </Button>
        <input
          ref={input}
          type="file"
          multiple
          hidden
          aria-label={t("media.addMore")}
          onChange={({ target }) => {
            onAdd(Array.from(target.files ?? []));
            target.value = "";
          }}
        />
        {canBeFiles && (
          <SwitchLine
            label={t("media.asFiles")}
            hint={t("media.asFilesHint")}
            checked={isAsFiles}
            onChange={setAsFiles}
          />
        )}
        <form
          onSubmit={(event) => {
            event.preventDefault();
            send();
          }}
        >
          <TextField
            ref={captionField}
            label={t("media.caption")}
            value={caption}
            enterKeyHint="send"
            autoComplete="off"
            onChange={({ target }) => setCaption(target.value)}
          />
        </form>
      </div>
    </Dialog>
  );
}
