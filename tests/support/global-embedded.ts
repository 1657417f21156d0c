import type { TestProject } from "vitest/node";

/** The embedded server needs no service: SQLite and a bus within the process. */
export default function setup(project: TestProject): void {
  project.provide("backing", null);
}
