import type { CallRequest, CallResponse, Conversation, Seq } from "@im-webapp/protocol";

/** How one user keeps one conversation, as a server has it. */
export class FakeSettings {
  pinned = false;
  notify: -1 | 0 | 1 = 0;
  hiddenSeq: Seq | undefined;
  markedUnread = false;
  version = 0;
  draft = "";
  draftAt = 0;

  isHidden(lastSeq: Seq): boolean {
    return this.hiddenSeq !== undefined && (lastSeq <= this.hiddenSeq || this.notify === -1);
  }

  /** `conversation:set` of a conversation that ends at `lastSeq`. */
  set(request: CallRequest<"conversation:set">, lastSeq: Seq): CallResponse<"conversation:set"> {
    const { pinned, notify } = this;
    const before = { pinned, notify, hidden: this.isHidden(lastSeq), markedUnread: this.markedUnread };
    const { conversationId: _, ...wanted } = request;
    const after = { ...before, ...wanted };
    if (JSON.stringify(after) !== JSON.stringify(before)) {
      this.version += 1;
      this.pinned = after.pinned;
      this.notify = after.notify;
      this.markedUnread = after.markedUnread;
      this.hiddenSeq = after.hidden ? Math.max(this.hiddenSeq ?? 0, lastSeq) : undefined;
    }
    return { ...after, muted: after.notify !== 0, version: this.version };
  }

  /** `draft:set`; the server's present is later than all that tests type. */
  setDraft({ text, at, base = 0 }: CallRequest<"draft:set">): CallResponse<"draft:set"> {
    if (text !== this.draft && (base >= this.draftAt || at > this.draftAt)) {
      this.draft = text;
      this.draftAt = Math.max(at, this.draftAt + 1);
    }
    return { text: this.draft, at: this.draftAt };
  }

  view(lastSeq: Seq): Partial<Conversation> & Pick<Conversation, "pinned" | "muted" | "hidden"> {
    const { pinned, notify, hiddenSeq, markedUnread, version, draft, draftAt } = this;
    return {
      pinned,
      muted: notify !== 0,
      hidden: this.isHidden(lastSeq),
      ...(notify !== 0 && { notify }),
      ...(hiddenSeq !== undefined && { hiddenSeq }),
      ...(markedUnread && { markedUnread }),
      ...(version > 0 && { settingsVersion: version }),
      ...(draft !== "" && { draft }),
      ...(draftAt > 0 && { draftAt }),
    };
  }
}
