import { copyAction, copySelection } from "./actions/copy.ts";
import { editAction } from "./actions/edit.ts";
import { recallAction } from "./actions/recall.tsx";
import { replyAction } from "./actions/reply.ts";
import { selectAction } from "./actions/select.ts";
import type { MessageAction, SelectionAction } from "./message-action.ts";

/** What may be done with a message, in the order of its menu. Each has a file of its own in `actions`. */
export const MESSAGE_ACTIONS: readonly MessageAction[] = [
  replyAction,
  copyAction,
  editAction,
  selectAction,
  recallAction,
];

/** What may be done with several picked messages, in the order of the bar. */
export const SELECTION_ACTIONS: readonly SelectionAction[] = [copySelection];
