import type { Summary } from "./summary.ts";
import { align } from "./table.ts";

type Figure = (of: Summary) => number;

/** What one system should reach, measured against another or against a fixed value. */
interface Target {
  readonly text: string;
  /** The case, and the subject that is judged. */
  readonly id: string;
  readonly subject: string;
  readonly figure: Figure;
  /** Compared with this subject's figure; undefined: `bound` is the value itself. */
  readonly against: string | undefined;
  readonly sense: "at least" | "at most";
  readonly bound: number;
}

const rate: Figure = (summary) => summary.rate;
const p99: Figure = (summary) => summary.p99;
const kib: Figure = (summary) => summary.kibPerConnection;

const rateTarget = (id: string, against: string, bound: number, subject = "im-webapp"): Target => ({
  text: `a second, against ${against}`,
  id,
  subject,
  figure: rate,
  against,
  sense: "at least",
  bound,
});

const TARGETS: readonly Target[] = [
  ...["direct-8", "direct-32"].flatMap((id) => [rateTarget(id, "ejabberd", 4), rateTarget(id, "relay", 0.25)]),
  {
    text: "p99, against ejabberd",
    id: "open-1000",
    subject: "im-webapp",
    figure: p99,
    against: "ejabberd",
    sense: "at most",
    bound: 1,
  },
  ...["group-100", "group-500"].flatMap((id) => [
    rateTarget(id, "ejabberd", 1),
    rateTarget(id, "ejabberd", 2, "im-webapp-large"),
    rateTarget(id, "relay", 0.6, "im-webapp-large"),
  ]),
  ...["catch-up-1", "catch-up-8"].map((id) => rateTarget(id, "ejabberd", 5)),
  ...["idle-5000", "idle-10000"].flatMap((id): Target[] => [
    rateTarget(id, "ejabberd", 1.5),
    {
      text: "KiB for a connection",
      id,
      subject: "im-webapp",
      figure: kib,
      against: undefined,
      sense: "at most",
      bound: 20,
    },
  ]),
];

/** Each target beside what was measured. Targets whose cases were not measured are left out. */
export function targetsTable(summaries: readonly Summary[]): string {
  const find = (id: string, subject: string) => summaries.find((one) => one.id === id && one.subject === subject);
  const rows = TARGETS.flatMap(({ text, id, subject, figure, against, sense, bound }) => {
    const own = find(id, subject);
    const other = against === undefined ? undefined : find(id, against);
    if (!own || (against !== undefined && !other)) return [];
    const value = other ? figure(own) / figure(other) : figure(own);
    const unit = other ? " ×" : "";
    const reached = sense === "at least" ? value >= bound : value <= bound;
    return [
      [
        own.title,
        subject,
        text,
        `${sense} ${bound}${unit}`,
        `${value.toFixed(2)}${unit}`,
        reached ? "reached" : "**not reached**",
      ],
    ];
  });
  return align([["workload", "system", "figure", "target", "measured", ""], ...rows], 3);
}
