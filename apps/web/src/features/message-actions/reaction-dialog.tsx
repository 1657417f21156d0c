import { useTranslation } from "react-i18next";
import { Dialog } from "../../ui/dialog.tsx";
import { EmojiPicker } from "../emoji/emoji-picker.tsx";

interface ReactionDialogProps {
  readonly onChoose: (emoji: string) => void;
  readonly onClose: () => void;
}

/** Asks for an emoji to react with. */
export function ReactionDialog({ onChoose, onClose }: ReactionDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog open onOpenChange={onClose} title={t("actions.react")}>
      <div className="flex min-h-0 flex-col px-4 pb-4">
        <EmojiPicker onPick={onChoose} />
      </div>
    </Dialog>
  );
}
