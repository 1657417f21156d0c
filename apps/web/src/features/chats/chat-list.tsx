import { type CSSProperties, type ReactNode, type Ref, useMemo } from "react";
import { useMatch } from "react-router";
import { Virtualizer } from "virtua";
import { useClientState } from "@im-webapp/react";
import { UnorderedRows } from "../../ui/row-container.tsx";
import { ChatRow } from "./chat-row.tsx";
import { type Filter, isListed } from "./filters.ts";
import { useCurrentConversationId } from "./use-current-conversation.ts";

/** Height of a row in pixels, known before it is drawn. The row itself is `h-16`. */
const ROW_PX = 64;

interface RowFrameProps {
  readonly style: CSSProperties;
  readonly index: number;
  readonly children: ReactNode;
  readonly ref?: Ref<HTMLLIElement>;
}

/** A chat that becomes the newest glides to the top, past the others. */
function RowFrame({ style, children, ref }: RowFrameProps) {
  return (
    <li ref={ref} style={style} className="px-2 transition-[top]">
      {children}
    </li>
  );
}

/** The chats of a filter, in their order; only the rows in view exist. The arrow keys walk through them. */
export function ChatList({ filter }: { readonly filter: Filter }) {
  const conversations = useClientState((state) => state.conversations);
  const current = useCurrentConversationId(useMatch("/c/:conversationId/*")?.params.conversationId);
  const rows = useMemo(
    // The one that is open stays where it is while it is read.
    () =>
      conversations.filter(
        (conversation) =>
          isListed(conversation, filter) ||
          (!conversation.hidden && conversation.conversationId === current.conversationId),
      ),
    [conversations, filter, current.conversationId],
  );

  return (
    <div data-walk className="scroll-pane flex-1 pb-2">
      <Virtualizer data={rows} itemSize={ROW_PX} as={UnorderedRows} item={RowFrame}>
        {(conversation) => (
          <ChatRow
            key={conversation.conversationId}
            conversation={conversation}
            isCurrent={conversation.conversationId === current.conversationId}
            isLast={conversation.conversationId === current.lastConversationId}
          />
        )}
      </Virtualizer>
    </div>
  );
}
