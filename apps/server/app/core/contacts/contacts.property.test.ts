import type { Application, Contact, UserId } from "@im-webapp/protocol";
import fc from "fast-check";
import { expect, it } from "vitest";
import { ImError } from "../shared/errors.ts";
import { applicationIdOf } from "../shared/ids.ts";
import { PipelineUnderTest } from "../timeline/testing/pipeline-under-test.ts";
import { toContact } from "../timeline/relations.ts";
import { Blocks } from "./blocks.ts";
import { Contacts } from "./contacts.ts";
import { FriendApplications } from "./friend-applications.ts";

const USERS = ["ann", "bob", "cid"] as const;

/** Forty stories while both cores are busy, in milliseconds. */
const TIMEOUT_MS = 60_000;

type Act = "apply" | "accept" | "refuse" | "star" | "remove" | "block" | "unblock";

/** One person does something to another; those of one turn are handed in at the same time. */
interface Step {
  readonly act: Act;
  readonly by: UserId;
  readonly to: UserId;
}

const step: fc.Arbitrary<Step> = fc
  .record({
    act: fc.constantFrom<Act>("apply", "apply", "accept", "accept", "refuse", "star", "remove", "block", "unblock"),
    by: fc.constantFrom<UserId>(...USERS),
    to: fc.constantFrom<UserId>(...USERS),
  })
  .filter(({ by, to }) => by !== to);

function world() {
  const test = new PipelineUnderTest();
  for (const user of USERS) test.store.users.add(user);
  const reader = { contacts: async () => [], blocked: async () => [], blockersOf: async () => new Set<UserId>() };
  const contacts = new Contacts(test.pipeline, reader);
  const blocks = new Blocks(test.pipeline, reader, () => undefined);
  const rules = new FriendApplications(test.pipeline);
  const application = (from: UserId, to: UserId) => ({ applicant: from, target: to }) as Application;
  const act = ({ act: what, by, to }: Step): Promise<unknown> => {
    switch (what) {
      case "apply":
        return rules.apply(by, to, "hello");
      case "accept":
      case "refuse":
        return rules.answer(by, application(to, by), what === "accept");
      case "star":
        return contacts.update(by, to, { favourite: true });
      case "remove":
        return contacts.remove(by, to);
      case "block":
        return blocks.add(by, { userId: to });
      case "unblock":
        return blocks.remove(by, to);
    }
  };
  return { test, act };
}

/** What a device that has folded all of its user's entries holds. */
function folded({ fanOuts }: PipelineUnderTest, userId: UserId) {
  const contacts = new Map<UserId, Contact>();
  const applications = new Map<string, Application>();
  const seqs: number[] = [];
  for (const { draft, userIds, seqs: places } of fanOuts) {
    userIds.forEach((recipient, index) => {
      if (recipient !== userId || draft.type !== "contact") return;
      seqs.push(places[index] ?? 0);
      if ("contact" in draft) contacts.set(draft.contact.userId, draft.contact);
      else applications.set(draft.application.applicationId, draft.application);
    });
  }
  return { contacts, applications, seqs };
}

it(
  "whatever people do at once, every device ends with what is stored, and contacts are mutual",
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { maxLength: 12 }), async (turns) => {
        const { test, act } = world();
        for (const turn of turns) {
          const results = await Promise.allSettled(turn.map(act));
          for (const result of results) {
            if (result.status === "rejected") expect(result.reason).toBeInstanceOf(ImError);
          }
        }
        await test.pipeline.drain();
        expect(test.faults).toEqual([]);
        const { relationSides, applications } = test.store;
        for (const user of USERS) {
          const held = folded(test, user);
          expect(held.seqs, "no hole and no repeat").toEqual(held.seqs.map((_, index) => index + 1));
          for (const peer of USERS.filter((other) => other !== user)) {
            const side = relationSides.get(`${user} ${peer}`);
            expect(held.contacts.get(peer)).toEqual(side && toContact(side));
            expect(side?.contact !== undefined).toBe(relationSides.get(`${peer} ${user}`)?.contact !== undefined);
            const own = applications.get(applicationIdOf("friend", user, peer));
            expect(held.applications.get(applicationIdOf("friend", user, peer))).toEqual(own?.application);
            const theirs = applications.get(applicationIdOf("friend", peer, user));
            const seen = held.applications.get(applicationIdOf("friend", peer, user));
            // What is withheld now may have been told of before, in an earlier state; it is never told of while withheld.
            if (theirs && !theirs.withheld) expect(seen).toEqual(theirs.application);
            if (side?.contact && own && theirs) {
              expect([own.application.status, theirs.application.status]).toContain("accepted");
            }
          }
        }
      }),
      { numRuns: 40 },
    );
  },
  TIMEOUT_MS,
);
