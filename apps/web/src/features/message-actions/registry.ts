import { copyAction, copySelection } from "./actions/copy.ts";
import { deleteAction, deleteSelection } from "./actions/delete.tsx";
import { editAction } from "./actions/edit.ts";
import { forwardAction, forwardSelection } from "./actions/forward.tsx";
import { historyAction } from "./actions/history.tsx";
import { pinAction, unpinAction } from "./actions/pin.ts";
import { readersAction } from "./actions/readers.tsx";
import { recallAction } from "./actions/recall.tsx";
import { replyAction } from "./actions/reply.ts";
import { selectAction } from "./actions/select.ts";
import { starAction, unstarAction } from "./actions/star.ts";
import type { MessageAction, SelectionAction } from "./message-action.ts";

/** What may be done with a message, in the order of its menu. Each has a file of its own in `actions`. */
export const MESSAGE_ACTIONS: readonly MessageAction[] = [
  replyAction,
  forwardAction,
  copyAction,
  editAction,
  pinAction,
  unpinAction,
  starAction,
  unstarAction,
  historyAction,
  readersAction,
  selectAction,
  deleteAction,
  recallAction,
];

/** What may be done with several picked messages, in the order of the bar. */
export const SELECTION_ACTIONS: readonly SelectionAction[] = [forwardSelection, copySelection, deleteSelection];
