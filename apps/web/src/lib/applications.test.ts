import type { Application } from "@im-webapp/protocol";
import { describe, expect, it } from "vitest";
import { shownApplications, viewOf } from "./applications.ts";

const application = (applicationId: string, more: Partial<Application> = {}): Application => ({
  applicationId,
  type: "friend",
  target: "me",
  applicant: "ann",
  description: "",
  status: "pending",
  createdAt: 1,
  updatedAt: 1,
  expiresAt: 100,
  ...more,
});

describe("an application", () => {
  it("can be answered by all but its applicant, until it expires or was answered", () => {
    expect(viewOf(application("a"), "me", 99)).toBe("answerable");
    expect(viewOf(application("a"), "ann", 99)).toBe("pending");
    expect(viewOf(application("a"), "me", 100)).toBe("expired");
    expect(viewOf(application("a", { status: "refused" }), "me", 200)).toBe("refused");
  });

  it("is listed behind those that wait or changed later, and not while its applicant is blocked and waits", () => {
    const all = new Map(
      [
        application("old"),
        application("new", { updatedAt: 2, applicant: "bob" }),
        application("bad", { applicant: "eve" }),
        application("done", { applicant: "eve", status: "accepted", updatedAt: 3 }),
      ].map((one) => [one.applicationId, one]),
    );
    const contacts = new Map([["eve", { userId: "eve", favourite: false, blocked: true }]]);
    expect(shownApplications(all, contacts).map((one) => one.applicationId)).toEqual(["new", "old", "done"]);
  });
});
