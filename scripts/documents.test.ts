import { describe, expect, it } from "vitest";
import { type CodeBlock, brokenLinks, codeBlocks, documentsIn, typeErrors } from "./documents.ts";

/** Reading all packages' sources takes long while both cores are busy, in milliseconds. */
const COMPILE_TIMEOUT_MS = 240_000;

/** Those whose code is meant to be copied. */
const WITH_CODE = ["docs/guide/sdk.md", "packages/client/README.md", "packages/react/README.md"];

/** What the documents' text has introduced by the time a block uses it. */
const NAMES = `
declare const client: import("@im-webapp/client").ImClient;
declare const conversationId: string;
declare const root: import("react-dom/client").Root;
`;

/** Shows that an error is found, and where; in the same program, for a second one takes as long. */
const WRONG: CodeBlock = { document: "docs/wrong.md", line: 10, language: "ts", code: "\nclient.sendd({});" };

describe("the documents", () => {
  it(
    "show code that compiles",
    () => {
      const blocks = WITH_CODE.flatMap(codeBlocks);
      expect(blocks.length, "the blocks are found").toBeGreaterThan(20);
      expect(typeErrors([...blocks, WRONG], NAMES)).toEqual([expect.stringMatching(/^docs\/wrong\.md:11: .*sendd/)]);
    },
    COMPILE_TIMEOUT_MS,
  );

  it("link to what is there", () => {
    const documents = documentsIn();
    expect(documents).toContain("docs/guide/sdk.md");
    expect(documents.flatMap(brokenLinks)).toEqual([]);
  });
});
