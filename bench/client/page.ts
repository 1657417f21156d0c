/** The measuring program in a browser; `chromium.ts` calls it. */
import { openStore } from "@im-webapp/client";
import { MeasuredProgram } from "./program.ts";

let longest = 0;
const note = (tasks: PerformanceEntryList): void => {
  for (const { duration } of tasks) longest = Math.max(longest, duration);
};
const observer = new PerformanceObserver((list) => note(list.getEntries()));
// From the beginning of the page on: loading the library counts.
observer.observe({ type: "longtask", buffered: true });

const program = new MeasuredProgram({
  openStore: () => openStore(location.origin),
  options: () => Promise.resolve({}),
  longestTask: async () => {
    // A task is told of after its end.
    await new Promise((resolve) => setTimeout(resolve));
    note(observer.takeRecords());
    const found = longest;
    longest = 0;
    return found;
  },
});

Object.assign(globalThis, { program });
