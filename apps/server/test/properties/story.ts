import type { ConversationId, Message, UserId } from "@im-webapp/protocol";
import { createGroup } from "../../app/core/groups/commands.ts";
import { directConversationId, groupConversationId } from "../../app/core/shared/ids.ts";
import type { Archive } from "./world/archive.ts";
import type { Device } from "./device/device.ts";
import type { Node } from "./world/node.ts";
import { type Call, type Step, type Target, USERS } from "./steps.ts";
import type { World } from "./world/world.ts";

/** Tells a script in a world: what its numbers choose depends on what there is when its step comes. */
export class Story {
  readonly #world: World;
  readonly #archive: Archive;
  /** Counts what must differ: messages, words, groups. */
  #count = 0;

  constructor(world: World, archive: Archive) {
    this.#world = world;
    this.#archive = archive;
  }

  async tell(steps: readonly Step[]): Promise<void> {
    for (const step of steps) {
      await this.#step(step);
      await this.#world.turns.quiet();
    }
  }

  async #step(step: Step): Promise<void> {
    const world = this.#world;
    switch (step.kind) {
      case "calls":
        for (const { device, call } of step.calls) this.#call(this.#device(device), call);
        return;
      case "again": {
        const sending = world.calls.sendings.at(-1 - step.message);
        if (!sending) return;
        world.calls.send(world.node(step.node), sending, step.otherwise ? this.#words() : (sending.texts[0] ?? ""));
        return;
      }
      case "go": {
        let { fate } = step;
        for (const pick of step.picks) {
          await world.turns.next(pick, fate);
          fate = "well";
        }
        return;
      }
      case "carry":
        this.#carry(step.picks, step.copies);
        return;
      case "bus":
        for (const [index, message] of (world.buses[step.node] ?? []).splice(0, step.messages).entries()) {
          if (index > 0 || step.arrives) world.node(step.node).hear(message);
        }
        return;
      case "connect":
        this.#device(step.device).connect(world.node(step.node));
        return;
      case "cut":
      case "wipe":
        this.#device(step.device)[step.kind]();
        return;
      case "kill":
        world.node(step.node).kill();
        return;
      case "trim":
        await this.#archive.keep();
        await world.trim();
        return;
    }
  }

  #carry(picks: readonly number[], ofFirst: number): void {
    const world = this.#world;
    let copies = ofFirst;
    for (const pick of picks) {
      const [carried] = world.onItsWay.splice(pick % Math.max(1, world.onItsWay.length), 1);
      if (!carried) return;
      if (copies > 0) world.arrive(carried);
      if (copies > 1) world.onItsWay.push(carried);
      copies = 1;
    }
  }

  #call(device: Device, call: Call): void {
    const { calls } = this.#world;
    const { userId } = device;
    const node = device.node ?? this.#world.node(0);
    switch (call.kind) {
      case "send":
        this.#send(node, this.#actor(userId, call), call);
        return;
      case "create": {
        const groupId = `group${(this.#count += 1)}`;
        const members = this.#others(userId, call.members);
        calls.other(node, "create", node.pipeline.submit(createGroup(groupId, groupId, userId, members)));
        return;
      }
      case "add":
      case "remove":
      case "leave":
        this.#move(node, userId, call);
        return;
      case "read": {
        const conversationId = this.#conversation(userId, call.to);
        const last = this.#world.ledger.messages(conversationId).length;
        const actor = this.#actor(userId, call);
        // Now and then beyond the end.
        if (last > 0) calls.mark(node, { userId: actor, conversationId, seq: Math.max(0, last + 1 - call.back) });
        return;
      }
      case "edit":
      case "recall":
      case "react":
        this.#change(node, this.#actor(userId, call), call);
    }
  }

  #change(node: Node, userId: UserId, call: Call & { kind: "edit" | "recall" | "react" }): void {
    const conversationId = this.#conversation(userId, call.to);
    const isSaid = ({ content }: Message) => call.kind === "react" || content.kind === "text";
    const message = this.#world.ledger
      .messages(conversationId)
      .filter(isSaid)
      .at(-1 - call.back);
    if (!message) return;
    const { seq, senderId } = message;
    const what = call.kind === "edit" ? { text: this.#words() } : call.kind === "react" ? { on: call.on } : "recall";
    const isTheirs = call.kind === "react" || call.asOutsider;
    this.#world.calls.change(node, { userId: isTheirs ? userId : senderId, conversationId, seq, what });
  }

  /** Who does it: the user, or one of the group's members in their place. */
  #actor(userId: UserId, { to, asOutsider }: { readonly to: Target; readonly asOutsider: boolean }): UserId {
    if (asOutsider || "peer" in to) return userId;
    const active = this.#world.ledger.activeIds(this.#conversation(userId, to)).toSorted();
    return active.includes(userId) ? userId : (active[0] ?? userId);
  }

  #send(node: Node, senderId: UserId, { to, mention, replyTo }: Call & { kind: "send" }): void {
    const groupId = "group" in to ? this.#groupId(to.group) : undefined;
    const peerId = "peer" in to ? USERS[to.peer] : undefined;
    const target = groupId !== undefined ? { groupId } : peerId !== undefined ? { userId: peerId } : undefined;
    if (!target) return;
    const mentioned = USERS[mention];
    const fresh = {
      senderId,
      clientMessageId: `00000000-0000-4000-8000-${String((this.#count += 1)).padStart(12, "0")}`,
      to: target,
      conversationId: this.#conversation(senderId, to),
      mentions: mentioned === undefined ? [] : [mentioned],
      replyTo,
    };
    this.#world.calls.sendNew(node, fresh, this.#words());
  }

  /** Somebody comes or goes, by the hand of one who is in it. */
  #move(node: Node, userId: UserId, call: Call & { kind: "add" | "remove" | "leave" }): void {
    const { calls, ledger } = this.#world;
    const groupId = this.#groupId(call.group);
    if (groupId === undefined) return;
    if (call.kind === "leave") {
      calls.other(node, "leave", node.groupMembers.remove(userId, groupId, userId));
      return;
    }
    const active = ledger.activeIds(groupConversationId(groupId));
    const who = USERS[call.who] ?? userId;
    const by = active.includes(userId) ? userId : (active[0] ?? userId);
    if (call.kind === "add") calls.other(node, "add", node.groupMembers.add(by, groupId, { userIds: [who] }));
    else calls.other(node, "remove", node.groupMembers.remove(by, groupId, who));
  }

  #conversation(userId: UserId, target: Target): ConversationId {
    if ("peer" in target) return directConversationId(userId, USERS[target.peer] ?? userId);
    return groupConversationId(this.#groupId(target.group) ?? "none");
  }

  #groupId(place: number): string | undefined {
    const { groupIds } = this.#world.ledger;
    return groupIds[place % Math.max(1, groupIds.length)];
  }

  #others(userId: UserId, places: readonly number[]): UserId[] {
    return places.flatMap((place) => USERS[place] ?? []).filter((other) => other !== userId);
  }

  #device(place: number): Device {
    const device = this.#world.devices[place];
    if (!device) throw new RangeError(`there is no device ${place}`);
    return device;
  }

  #words(): string {
    return `words ${(this.#count += 1)}`;
  }
}
